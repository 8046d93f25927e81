using HelpDesk.Web;
using Npgsql;

namespace HelpDesk.Attachments;

/// <summary>
/// Bytes as files that all servers see, named by their attachment. A file has its name once it is whole and on the disk; a transaction that fails after
/// that leaves one without a row, which <see cref="SweepAttachmentFolder"/> removes.
/// </summary>
internal sealed class FolderStore : IAttachmentStore
{
    public const string Unfinished = ".unfinished";

    private readonly string folder;

    public FolderStore(string folder)
    {
        this.folder = folder;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WrongConfiguration($"Attachments:Folder cannot be used: {error.Message}", error);
        }
    }

    public string Name => "folder";

    public async Task Keep(NpgsqlConnection connection, Guid id, Stream bytes, CancellationToken cancel)
    {
        var path = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            await using (var file = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous))
            {
                await bytes.CopyToAsync(file, cancel);
                file.Flush(flushToDisk: true);
            }

            File.Move(path + Unfinished, path);
        }
        finally
        {
            File.Delete(path + Unfinished);
        }
    }

    public void Forget(Guid id) => File.Delete(PathOf(id));

    public Stream Open(Guid id, long size) => new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);

    /// <summary>No folder with a million files: 256 of them, by the end of the id, which is random.</summary>
    private string PathOf(Guid id) => Path.Combine(folder, id.ToString()[^2..], id.ToString());
}
