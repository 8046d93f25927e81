using HelpDesk.Database;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Idempotency;

/// <summary>The rows of <c>idempotency_keys</c>, inside the request's transaction.</summary>
internal static class KeptAnswers
{
    /// <summary>Of machine time, from the answer on.</summary>
    public static readonly Duration KeptFor = Duration.FromHours(24);

    /// <summary>
    /// Holds the key until the transaction ends, and looks it up: one round trip. The second statement sees what was committed before the first got the key.
    /// </summary>
    public static async Task<(bool IsHeld, byte[]? Fingerprint, byte[]? Answer)> Hold(RequestTransaction request, IdempotencyKey key, Instant now, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(request.Connection, request.Transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_try_advisory_xact_lock($1)") { Parameters = { new() { Value = key.Lock } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select fingerprint, answer from idempotency_keys where id = $1 and expires_at > $2")
        {
            Parameters = { new() { Value = key.Id }, new() { Value = now.ToUtc() } },
        });
        await using var row = await batch.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        if (!row.GetBoolean(0)) return (false, null, null);
        await row.NextResultAsync(cancel);
        return await row.ReadAsync(cancel) ? (true, row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1)) : (true, null, null);
    }

    public static async Task Keep(RequestTransaction request, IdempotencyKey key, byte[] fingerprint, StoredAnswer answer, Instant now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into idempotency_keys (id, fingerprint, answer, expires_at) values ($1, $2, $3, $4)
            on conflict (id) do update set fingerprint = excluded.fingerprint, answer = excluded.answer, expires_at = excluded.expires_at
            """,
            request.Connection, request.Transaction)
        {
            Parameters =
            {
                new() { Value = key.Id }, new() { Value = fingerprint }, new() { Value = key.Seal(answer.Write()) }, new() { Value = (now + KeptFor).ToUtc() },
            },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
