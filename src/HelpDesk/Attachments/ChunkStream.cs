using Npgsql;

namespace HelpDesk.Attachments;

/// <summary>Reads an attachment chunk by chunk, each with a query of its own: however slowly somebody downloads, no connection waits for them.</summary>
internal sealed class ChunkStream(NpgsqlDataSource database, Guid id, long size) : Stream
{
    private byte[] chunk = [];
    private long number = -1;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= size || buffer.IsEmpty) return 0;
        var wanted = Position / DatabaseStore.ChunkBytes;
        if (wanted != number) (chunk, number) = (await Fetch(wanted, cancellationToken), wanted);
        var from = (int)(Position % DatabaseStore.ChunkBytes);
        var length = Math.Min(buffer.Length, chunk.Length - from);
        if (length <= 0) throw new EndOfStreamException($"Attachment {id} ends before its size.");
        chunk.AsMemory(from, length).CopyTo(buffer);
        Position += length;
        return length;
    }

    private async Task<byte[]> Fetch(long wanted, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select bytes from attachment_chunks where attachment_id = $1 and number = $2");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue((int)wanted);
        // Removed while somebody reads it: the download breaks off, which its Content-Length shows.
        return await command.ExecuteScalarAsync(cancel) as byte[] ?? throw new EndOfStreamException($"Attachment {id} is gone.");
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => size + offset,
    };

    /// <summary>Nothing here reads without waiting.</summary>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
