using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>Follow-ups whose message has not left.</summary>
internal static class UnsentFollowUps
{
    /// <summary>
    /// Withdraws the messages that told how these promises stand, unless a sender has them: then they are not tried again. Answers all the follow-ups that
    /// the withdrawn messages carried: a message leaves whole or not at all.
    /// </summary>
    public static async Task<IReadOnlyList<UnsentFollowUp>> Withdraw(
        NpgsqlConnection connection, Guid[] standing, Instant now, Instant machineNow, CancellationToken cancel)
    {
        var deliveries = await Read(
            connection,
            """
            select distinct delivery_id from follow_ups
            where delivery_id is not null and withdrawn_at is null and (new_promise_id = any ($1) or (promise_id = any ($1) and new_promise_id is null))
            """,
            standing, row => row.GetGuid(0), cancel);
        var withdrawn = await Outbox.Withdraw(connection, deliveries, now, machineNow, cancel);
        return withdrawn.Count == 0 ? [] : await Read(
            connection, "select promise_id, new_promise_id from follow_ups where delivery_id = any ($1)", [.. withdrawn],
            row => new UnsentFollowUp(row.GetGuid(0), row.IsDBNull(1) ? null : row.GetGuid(1)), cancel);
    }

    /// <summary>Whether the instant of what a follow-up was to put off has passed: where that follow-up has not left, nobody was told in time.</summary>
    public static bool HasLapsed(Commitment renewed, Instant now) => renewed.Promises.LastOrDefault(promise => promise.Outcome == PromiseOutcome.Renewed)?.PromisedAt < now;

    /// <summary>Records that the follow-ups of these promises were not told.</summary>
    public static async Task Record(NpgsqlConnection connection, Guid[] promiseIds, Instant now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("update follow_ups set withdrawn_at = $2 where promise_id = any ($1)", connection)
        {
            Parameters = { new() { Value = promiseIds }, new() { Value = now.ToDateTimeUtc() } },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<IReadOnlyList<T>> Read<T>(
        NpgsqlConnection connection, string sql, Guid[] ids, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = ids } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }
}

/// <summary>A follow-up that was taken back. Past the cap on renewals it made no new promise.</summary>
internal readonly record struct UnsentFollowUp(Guid Promise, Guid? NewPromise)
{
    /// <summary>The promise that stood after it.</summary>
    public Guid Standing => NewPromise ?? Promise;
}
