using Npgsql;

namespace HelpDesk.Attachments;

/// <summary>Bytes as rows of 256 KiB each: they are saved and restored with everything else.</summary>
internal sealed class DatabaseStore(NpgsqlDataSource database) : IAttachmentStore
{
    public const int ChunkBytes = 256 * 1024;

    public string Name => "database";

    public async Task Keep(NpgsqlConnection connection, Guid id, Stream bytes, CancellationToken cancel)
    {
        var chunk = new byte[ChunkBytes];
        for (var number = 0; await bytes.ReadAtLeastAsync(chunk, ChunkBytes, throwOnEndOfStream: false, cancel) is > 0 and var length; number++)
        {
            await using var command = new NpgsqlCommand("insert into attachment_chunks (attachment_id, number, bytes) values ($1, $2, $3)", connection);
            command.Parameters.AddWithValue(id);
            command.Parameters.AddWithValue(number);
            command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = chunk.AsMemory(0, length), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea });
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>The transaction does.</summary>
    public void Forget(Guid id)
    {
    }

    public Stream Open(Guid id, long size) => new ChunkStream(database, id, size);
}
