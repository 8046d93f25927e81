using HelpDesk.Database;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Webhooks;

/// <summary>
/// Events that this process alone may post until the lease runs out: of each ticket the oldest that waits and those that follow it, to be posted one after the other. While one of
/// a ticket is leased, or waits to be tried again, no later one of it is claimed.
/// </summary>
internal sealed record WebhookClaim(Guid Lease, IReadOnlyList<ClaimedLane> Lanes)
{
    /// <summary>How long a dead claim stays dead. Outlives one attempt (<see cref="WebhookPost.Limit"/>) with room to record it.</summary>
    public static readonly Duration Duration = Database.Lease.Longest;

    /// <summary>A run is ordered by its one lane too, so that no plan reads it along the primary key, past all others.</summary>
    private static readonly string Sql =
        $"""
        with heads as materialized (
            select d.lane, d.event_sequence from webhook_deliveries d
            where d.webhook_id = $1 and d.state = 'pending' and d.next_attempt_at <= $2 and {Database.Lease.IsOver("d.leased_until", "$2")}
                and not exists (
                    select from webhook_deliveries e
                    where e.webhook_id = $1 and e.lane = d.lane and e.state = 'pending' and (e.event_sequence < d.event_sequence or {Database.Lease.Holds("e.leased_until", "$2")}))
            order by d.next_attempt_at, d.event_sequence limit $3 for update skip locked
        ), runs as materialized (
            select run.event_sequence from heads cross join lateral (
                select d.event_sequence from webhook_deliveries d
                where d.webhook_id = $1 and d.lane = heads.lane and d.state = 'pending' and d.event_sequence >= heads.event_sequence
                order by d.lane, d.event_sequence limit $4) run
        ), claimed as (
            update webhook_deliveries d set lease_id = $5, leased_until = $6 from runs
            where d.webhook_id = $1 and d.event_sequence = runs.event_sequence and d.state = 'pending'
            returning d.event_sequence, d.lane, d.attempts, d.first_failed_at
        )
        select c.lane, c.attempts, c.first_failed_at, e.traceparent, {OutgoingEvent.Columns} from claimed c join events e on e.sequence = c.event_sequence
        order by c.lane, c.event_sequence
        """;

    /// <param name="lanes">Of how many tickets at most.</param>
    /// <param name="each">How many of each.</param>
    public static async Task<WebhookClaim> Take(NpgsqlDataSource database, Guid webhook, int lanes, int each, Instant machineNow, CancellationToken cancel)
    {
        var lease = Ids.New(machineNow);
        await using var command = database.CreateCommand(Sql);
        new Values(command.Parameters).Uuid(webhook).Instant(machineNow).Integer(lanes).Integer(each).Uuid(lease).Instant(machineNow + Duration);
        var found = new List<(long Lane, ClaimedEvent Event)>();
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
            {
                var said = OutgoingEvent.Read(row, 4);
                found.Add((row.GetInt64(0), new(said.Sequence, row.GetInt32(1), row.IsDBNull(2) ? null : row.GetDateTime(2).ToInstant(), OutgoingEvent.Body(said)) { Type = said.Type, Cause = row.Text(3) }));
            }
        }

        return new(lease, [.. found.GroupBy(each => each.Lane).Select(lane => new ClaimedLane(lane.Key, [.. lane.Select(each => each.Event)]))]);
    }
}

/// <summary>Events to be posted one after the other.</summary>
internal sealed record ClaimedLane(long Lane, IReadOnlyList<ClaimedEvent> Events);

/// <param name="Attempts">Made before.</param>
/// <param name="FirstFailedAt">When the first of these failed; null where none did.</param>
/// <param name="Body">What is posted.</param>
internal sealed record ClaimedEvent(long Sequence, int Attempts, Instant? FirstFailedAt, byte[] Body)
{
    public required string Type { get; init; }

    /// <summary>The trace of what caused it; null where none was recorded.</summary>
    public string? Cause { get; init; }
}
