using Npgsql;

namespace HelpDesk.Attachments;

/// <summary>Where bytes are kept. Neither way is a file ever in memory as a whole.</summary>
internal interface IAttachmentStore
{
    /// <summary>How an attachment's row calls it.</summary>
    string Name { get; }

    /// <summary>Keeps the bytes if, and not before, the connection's transaction commits. The attachment's row is written already.</summary>
    Task Keep(NpgsqlConnection connection, Guid id, Stream bytes, CancellationToken cancel);

    /// <summary>Takes back what no transaction will commit.</summary>
    void Forget(Guid id);

    /// <summary>The bytes, to be read from any place.</summary>
    Stream Open(Guid id, long size);
}

internal sealed class AttachmentStores(NpgsqlDataSource source, FolderStore? folder)
{
    private readonly DatabaseStore database = new(source);

    /// <summary>For what is new. What was kept elsewhere stays there.</summary>
    public IAttachmentStore Current => folder is null ? database : folder;

    public IAttachmentStore Of(string name) => name == database.Name ? database
        : folder ?? throw new InvalidOperationException("An attachment lies in a folder, but Attachments:Folder is not set.");
}
