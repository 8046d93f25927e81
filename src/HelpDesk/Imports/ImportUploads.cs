using System.IO.Compression;
using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using Npgsql;
using NpgsqlTypes;

namespace HelpDesk.Imports;

/// <summary>
/// Files to be imported, in the database: whoever dies, another server goes on. Each chunk is written by itself, so that a slow sender holds up no transaction. A file goes
/// with its job, whichever way that ends; what an upload that broke off has left is forgotten when the next begins.
/// </summary>
internal sealed class ImportUploads(NpgsqlDataSource database, TimeProvider machine, ImportOptions options)
{
    private static readonly Duration Forgotten = Duration.FromDays(1);

    /// <returns>The upload's id, and how many lines it has.</returns>
    public async Task<(Guid Id, long Lines)> Take(Stream lines, CancellationToken cancel)
    {
        var now = machine.GetCurrentInstant();
        var id = Ids.New(now);
        await Begin(id, now, cancel);
        try
        {
            return (id, await LineCutter.Cut(lines, options, chunk => Write(id, chunk, cancel), cancel));
        }
        catch (Exception error)
        {
            await Forget(id);
            // What a decompressor says of a body that is not compressed so, or breaks off.
            if (error is InvalidDataException) throw Malformed();
            throw;
        }
    }

    private async Task Begin(Guid id, Instant now, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(
            """
            delete from import_uploads u where begun_at < $1 and not exists (
                select from long_work w where w.kind = $2 and w.ended_at is null and w.request ->> 'uploadId' = u.id::text)
            """) { Parameters = { new() { Value = (now - Forgotten).ToUtc() }, new() { Value = ImportTickets.Kind } } });
        batch.BatchCommands.Add(new("insert into import_uploads (id, begun_at) values ($1, $2)") { Parameters = { new() { Value = id }, new() { Value = now.ToUtc() } } });
        await batch.ExecuteNonQueryAsync(cancel);
    }

    private async Task Write(Guid id, LineChunk chunk, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("insert into import_chunks (upload_id, number, first_line, lines, bytes) values ($1, $2, $3, $4, $5)");
        new Values(command.Parameters).Uuid(id).Integer(chunk.Number).Bigint(chunk.FirstLine).Integer(chunk.Lines);
        command.Parameters.Add(new() { Value = Zipped(chunk.Bytes.Span), NpgsqlDbType = NpgsqlDbType.Bytea });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static byte[] Zipped(ReadOnlySpan<byte> bytes)
    {
        using var squeezed = new MemoryStream();
        using (var zip = new BrotliStream(squeezed, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(bytes);
        return squeezed.ToArray();
    }

    /// <summary>Null after the last.</summary>
    public static async Task<LineChunk?> Read(NpgsqlConnection connection, Guid id, int number, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select first_line, lines, bytes from import_chunks where upload_id = $1 and number = $2", connection);
        new Values(command.Parameters).Uuid(id).Integer(number);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new LineChunk(number, row.GetInt64(0), row.GetInt32(1), Unzipped(row.GetFieldValue<byte[]>(2))) : null;
    }

    private static byte[] Unzipped(byte[] bytes)
    {
        using var lines = new MemoryStream();
        using var zip = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
        zip.CopyTo(lines);
        return lines.ToArray();
    }

    public static NpgsqlBatchCommand Forgetting(Guid id) => new("delete from import_uploads where id = $1") { Parameters = { new() { Value = id } } };

    public async Task Forget(Guid id)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Forgetting(id));
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static Refusal Malformed() => new(StatusCodes.Status400BadRequest, "malformed", "The request is malformed", "The body is not compressed with gzip as it says, ends before its end, or has something behind it that is none.");
}
