using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Ops;

/// <summary>What waits in the outbox, and what troubles it.</summary>
internal sealed class DeliveryQueries(NpgsqlDataSource database, IEnumerable<DeliveryLine> lines)
{
    /// <summary>More than this is a very long queue, whatever the number.</summary>
    public const int MostWaiting = 10_000;

    /// <summary>The order is the ids', which is the order in which they were queued: an index has it for each state.</summary>
    public async Task<DeliveryStretch> Read(bool areDead, Instant now, int take, Guid? after, CancellationToken cancel)
    {
        var state = (areDead ? DeliveryState.Dead : DeliveryState.Failed).Word();
        await using var command = database.JoinedCommand(
            $"""
            select id, ticket_id, kind, channel, recipient, last_error, tries, created_at, next_attempt_at, ended_at, coalesce(expires_at < $2, false)
            from deliveries where state = $1{(after is null ? "" : " and id < $4")} order by id desc limit $3
            """);
        command.Parameters.AddWithValue(state);
        command.Parameters.AddWithValue(now.ToUtc());
        command.Parameters.AddWithValue(take + 1);
        if (after is { } last) command.Parameters.AddWithValue(last);
        var found = new List<DeliveryTrouble>();
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
            {
                found.Add(new(
                    row.GetGuid(0), row.IsDBNull(1) ? null : row.GetInt64(1), Conventions.FromWord<MessageKind>(row.GetString(2)), Conventions.FromWord<DeliveryChannel>(row.GetString(3)),
                    row.GetString(4), row.Text(5), row.GetInt32(6), row.At(7)!.Value, areDead ? null : row.At(8), row.At(9), row.GetBoolean(10)));
            }
        }

        var hasMore = found.Count > take;
        if (hasMore) found.RemoveAt(take);
        return new(areDead, found, after is null && !hasMore ? found.Count : await Count(state, cancel), hasMore);
    }

    private async Task<int> Count(string state, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand("select count(*)::int from (select 1 from deliveries where state = $1 limit $2) counted");
        command.Parameters.AddWithValue(state);
        command.Parameters.AddWithValue(PromiseStretch.MostCounted + 1);
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Of those that leave first: a queue that is longer is told of as of so many.</summary>
    public async Task<IReadOnlyList<WaitingMessages>> Waiting(Instant now, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand(
            """
            select channel, count(*)::int, min(at) filter (where at <= $1) from (
                select channel, coalesce(due_at, next_attempt_at) as at from deliveries
                where state in ('queued', 'failed') and (expires_at is null or expires_at >= $1) order by next_attempt_at limit $2) first
            group by channel order by channel
            """);
        command.Parameters.AddWithValue(now.ToUtc());
        command.Parameters.AddWithValue(MostWaiting + 1);
        var waiting = new List<WaitingMessages>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel)) waiting.Add(new(Conventions.FromWord<DeliveryChannel>(row.GetString(0)), row.GetInt32(1), row.At(2)));
        return waiting;
    }

    /// <summary>As this process has found out.</summary>
    public IReadOnlyList<OpenCircuit> OpenCircuits() =>
        [.. lines.SelectMany(line => line.Known.Where(host => host.Value.IsOpen), (line, host) => new OpenCircuit(line.Channel, host.Key, host.Value.NextProbe)).OrderBy(circuit => circuit.Server, StringComparer.Ordinal)];
}
