using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Sandbox;

/// <summary>What the jobs did, read from the log of events and of deliveries.</summary>
internal sealed class Happenings
{
    private readonly NpgsqlDataSource database;
    private readonly List<Happening> all = [];
    private readonly Dictionary<Guid, (string State, int Attempts)> deliveries = [];
    private readonly Guid before;
    private Guid[] waiting = [];
    private long sequence;

    private Happenings(NpgsqlDataSource database, Instant now)
    {
        this.database = database;
        before = Ids.New(now - Duration.FromMilliseconds(1));
    }

    public IReadOnlyList<Happening> All => all;

    /// <summary>From here on: what had happened by now, at this instant too, is not told again.</summary>
    public static async Task<Happenings> From(NpgsqlDataSource database, Instant now, CancellationToken cancel)
    {
        var happenings = new Happenings(database, now);
        happenings.waiting = await Waiting(database, cancel);
        await happenings.CollectDeliveries(now, cancel);
        happenings.all.Clear();
        await using var command = database.CreateCommand("select coalesce(max(sequence), 0) from events");
        happenings.sequence = (long)(await command.ExecuteScalarAsync(cancel))!;
        return happenings;
    }

    private static async Task<Guid[]> Waiting(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select coalesce(array_agg(id), '{}') from deliveries where state in ('queued', 'failed')");
        return (Guid[])(await command.ExecuteScalarAsync(cancel))!;
    }

    public async Task Collect(Instant now, CancellationToken cancel)
    {
        await CollectEvents(cancel);
        await CollectDeliveries(now, cancel);
    }

    private async Task CollectEvents(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            select sequence, at, type, ticket_id, data ->> 'kind', data ->> 'promisedAt', data ->> 'before', data ->> 'reason', data ->> 'step', data ->> 'do', data ->> 'to', data ->> 'state'
            from events where sequence > $1 and type in ('follow_up.sent', 'follow_up.unreachable', 'follow_up.withdrawn', 'promise.broken', 'recovery.started', 'ticket.closed', 'ladder.climbed', 'job.ended')
            order by sequence
            """);
        command.Parameters.AddWithValue(sequence);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            sequence = row.GetInt64(0);
            string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
            var type = row.GetString(2);
            var words = type switch
            {
                "ladder.climbed" => Climbed(Text(4), Text(7), Text(8), Text(9), Text(10)),
                "job.ended" => $"{Text(4)?.Replace('_', ' ')}: {Text(11)}",
                _ => Words(type, Text(4), Text(5), Text(6), Text(7)),
            };
            all.Add(new Happening(row.GetDateTime(1).ToInstant(), What(type), row.IsDBNull(3) ? null : row.GetInt64(3), words));
        }
    }

    private static string What(string type) => type switch
    {
        "follow_up.sent" => "follow_up",
        "promise.broken" => "lapse",
        "recovery.started" => "recovery",
        "ticket.closed" => "close",
        "ladder.climbed" => "ladder",
        "job.ended" => "job",
        _ => type.Replace('.', '_'),
    };

    private static string Words(string type, string? kind, string? promisedAt, string? before, string? reason)
    {
        var what = kind?.Replace('_', ' ');
        return type switch
        {
            "ticket.closed" => "closed: it had been resolved for as long as its policy says",
            "follow_up.sent" when before is null => $"{what}: the promise of {promisedAt} may not hold; the cap on renewals is reached",
            "follow_up.sent" => $"{what}: {before} renewed to {promisedAt}",
            "follow_up.unreachable" => $"{what}: due before {promisedAt}, nobody to reach",
            "follow_up.withdrawn" => $"{what}: not sent in time; the promise of {promisedAt} stands again",
            "promise.broken" => $"{what}: the promise of {promisedAt} lapsed",
            _ when before is null => $"{what}: an apology without a new date ({reason})",
            _ => $"{what}: an apology, with the new date {promisedAt}",
        };
    }

    private static string Climbed(string? kind, string? reason, string? step, string? act, string? to) =>
        $"{kind?.Replace('_', ' ')}: step {step}, {act?.Replace('_', ' ')}{(to is null ? "" : $" {to}")}{(reason is null ? "" : $" ({reason})")}";

    /// <summary>Only what waited at the start, or was queued since, can have been handed over: what was sent long ago is not looked through again.</summary>
    private async Task CollectDeliveries(Instant now, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            select id, ticket_id, kind, recipient, subject, state, attempts, last_error from deliveries
            where (id = any ($2) or id >= $3) and (sent_at = $1 or (ended_at = $1 and state = 'dead') or (state = 'failed' and next_attempt_at > $1))
            order by sequence
            """);
        command.Parameters.AddWithValue(now.ToUtc());
        command.Parameters.AddWithValue(waiting);
        command.Parameters.AddWithValue(before);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var outcome = (State: row.GetString(5), Attempts: row.GetInt32(6));
            if (deliveries.TryGetValue(row.GetGuid(0), out var known) && known == outcome) continue;
            deliveries[row.GetGuid(0)] = outcome;
            var error = row.IsDBNull(7) || outcome.State == "sent" ? "" : $" ({row.GetString(7)})";
            all.Add(new Happening(
                now, "delivery", row.IsDBNull(1) ? null : row.GetInt64(1), $"{row.GetString(2)} {outcome.State} to {row.GetString(3)}: {row.GetString(4)}{error}"));
        }
    }
}
