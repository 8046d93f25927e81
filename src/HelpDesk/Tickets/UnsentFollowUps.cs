using HelpDesk.Delivery;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>Follow-ups whose message has not left.</summary>
internal static class UnsentFollowUps
{
    /// <summary>
    /// Withdraws the messages that told of these promises, unless a sender has them. Answers all the promises that the withdrawn messages carried: a
    /// message leaves whole or not at all.
    /// </summary>
    public static async Task<IReadOnlyList<Guid>> Withdraw(
        NpgsqlConnection connection, Guid[] newPromiseIds, Instant now, Instant machineNow, CancellationToken cancel)
    {
        var deliveries = await Column(connection, "select distinct delivery_id from follow_ups where new_promise_id = any ($1) and delivery_id is not null", newPromiseIds, cancel);
        var withdrawn = await Outbox.Withdraw(connection, deliveries, now, machineNow, cancel);
        return withdrawn.Count == 0 ? [] : await Column(
            connection, "select new_promise_id from follow_ups where delivery_id = any ($1) and new_promise_id is not null", [.. withdrawn], cancel);
    }

    /// <summary>Records that these were not told.</summary>
    public static async Task Record(NpgsqlConnection connection, Guid[] newPromiseIds, Instant now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("update follow_ups set withdrawn_at = $2 where new_promise_id = any ($1)", connection)
        {
            Parameters = { new() { Value = newPromiseIds }, new() { Value = now.ToDateTimeUtc() } },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<IReadOnlyList<Guid>> Column(NpgsqlConnection connection, string sql, Guid[] ids, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = ids } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var column = new List<Guid>();
        while (await reader.ReadAsync(cancel)) column.Add(reader.GetGuid(0));
        return column;
    }
}
