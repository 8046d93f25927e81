using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Time;
using HelpDesk.Web;
using Npgsql;

namespace HelpDesk.Ops;

/// <summary>What waits in the outbox, and what troubles it.</summary>
internal sealed class DeliveryQueries(NpgsqlDataSource database, IEnumerable<DeliveryLine> lines)
{
    /// <summary>More than this is a very long queue, whatever the number.</summary>
    public const int MostWaiting = 10_000;

    /// <summary>The order is the ids', which is the order in which they were queued: an index has it for each state.</summary>
    public async Task<DeliveryStretch> Read(bool areDead, BoardQuery query, Instant now, int take, Guid? after, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand("");
        var rows = Fill(command, areDead, query, now);
        var beyond = after is { } last ? $" and d.id < ${PromiseQueries.Add(command, last)}" : "";
        command.CommandText =
            $"""
            select d.id, d.ticket_id, d.kind, d.channel, d.recipient, d.last_error, d.tries, d.created_at, d.next_attempt_at, d.ended_at, coalesce(d.expires_at < $2, false)
            {rows}{beyond} order by d.id desc limit ${PromiseQueries.Add(command, take + 1)}
            """;
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
        return new(areDead, found, after is null && !hasMore ? found.Count : await Count(areDead, query, now, cancel), hasMore);
    }

    /// <summary>Those that were given up and can be tried again, the oldest first.</summary>
    public async Task<IReadOnlyList<Guid>> Dead(BoardQuery query, Instant now, int most, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand("");
        command.CommandText = $"select d.id {Fill(command, areDead: true, query, now)} and (d.expires_at is null or d.expires_at >= $2) order by d.id limit ${PromiseQueries.Add(command, most)}";
        var found = new List<Guid>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel)) found.Add(row.GetGuid(0));
        return found;
    }

    private async Task<int> Count(bool areDead, BoardQuery query, Instant now, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand("");
        command.CommandText = $"select count(*)::int from (select $2::timestamptz {Fill(command, areDead, query, now)} limit ${PromiseQueries.Add(command, PromiseStretch.MostCounted + 1)}) counted";
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Where they are found: $1 is the state, $2 now. A message is held to the filters by its ticket; to a kind by what is owed on that.</summary>
    private static string Fill(NpgsqlCommand command, bool areDead, BoardQuery query, Instant now)
    {
        PromiseQueries.Add(command, (areDead ? DeliveryState.Dead : DeliveryState.Failed).Word());
        PromiseQueries.Add(command, now.ToUtc());
        var tickets = query.HasFilter ? " join tickets t on t.id = d.ticket_id" : "";
        var filter = PromiseQueries.OfTicket(command, query);
        if (query.Kind is { } kind) filter += $" and exists (select from commitments c where c.ticket_id = t.id and c.ended_at is null and c.kind = ${PromiseQueries.Add(command, Words<CommitmentKind>.Of(kind))})";
        return $"from deliveries d{tickets} where d.state = $1{filter}";
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
