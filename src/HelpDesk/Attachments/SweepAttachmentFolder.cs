using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Attachments;

/// <summary>Removes files that no attachment names: of uploads that a crash cut short, and of attachments that were removed. Nothing that is younger than a day.</summary>
internal sealed class SweepAttachmentFolder(NpgsqlDataSource database, AttachmentOptions options, TimeProvider machine)
{
    private const int Batch = 1000;
    private static readonly Duration Young = Duration.FromDays(1);

    public async Task<int> RunOnce(CancellationToken cancel)
    {
        if (options.Folder is not { } folder || !Directory.Exists(folder)) return 0;
        var before = (machine.GetCurrentInstant() - Young).ToDateTimeUtc();
        var removed = 0;
        var old = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.LastWriteTimeUtc < before);
        foreach (var files in old.Chunk(Batch))
        {
            // What is no file of ours is left alone.
            var ours = files.Where(file => Guid.TryParse(Id(file), out _)).ToList();
            var named = await Named([.. ours.Select(file => Guid.Parse(Id(file)))], cancel);
            foreach (var orphan in ours.Where(file => file.Extension == FolderStore.Unfinished || !named.Contains(Guid.Parse(Id(file)))))
            {
                orphan.Delete();
                removed++;
            }
        }

        return removed;
    }

    private static string Id(FileInfo file) => file.Extension == FolderStore.Unfinished ? Path.GetFileNameWithoutExtension(file.Name) : file.Name;

    private async Task<HashSet<Guid>> Named(Guid[] ids, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select coalesce(array_agg(id), '{}') from attachments where id = any ($1) and store = 'folder'");
        command.Parameters.AddWithValue(ids);
        return [.. (Guid[])(await command.ExecuteScalarAsync(cancel))!];
    }
}
