using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Time;
using HelpDesk.Tickets;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using Npgsql;
using System.Text.Json;

namespace HelpDesk.Rehearsals;

/// <summary>
/// Reads what happened to tickets from the log of events, in the order in which it happened, and how their commitments came out: three queries for a batch. What
/// an erased customer's events say of statuses, priorities and authors is still there.
/// </summary>
internal sealed class TicketHistories(NpgsqlDataSource database, DeskSettings desk)
{
    private const string Tickets =
        """
        select t.id, t.created_at, t.created_by, t.clock #>> '{statuses,0,status}', t.merged_into_id is not null, c.quiet_from, c.quiet_to, c.time_zone
        from tickets t join customers c on c.id = t.requester_id where t.id = any ($1)
        """;

    private const string Events =
        """
        select ticket_id, type, at, actor, transaction::text, data ->> 'priority', data ->> 'author', data ->> 'visibility', data ->> 'automated',
            data #>> '{changes,status,to}', data #>> '{changes,priority,to}', data ->> 'history'
        from events
        where ticket_id = any ($1) and type in ('ticket.created', 'ticket.imported', 'ticket.updated', 'ticket.closed', 'ticket.merged', 'ticket.split', 'message.created')
        order by ticket_id, sequence
        """;

    private const string Commitments =
        """
        select ticket_id, kind, cycle, state, lapsed_at is not null or (state = 'running' and promised_at < $2), renewals
        from commitments where ticket_id = any ($1) and kind <> 'callback'
        """;

    /// <summary>In the order of <paramref name="ids"/>.</summary>
    public async Task<IReadOnlyList<RealTicket>> Read(long[] ids, Instant now, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var batch = connection.CreateBatch();
        foreach (var sql in new[] { Tickets, Events, Commitments }) batch.BatchCommands.Add(new(sql) { Parameters = { new NpgsqlParameter<long[]> { TypedValue = ids } } });
        batch.BatchCommands[2].Parameters.Add(new() { Value = now.ToUtc() });
        await using var row = await batch.ExecuteReaderAsync(cancel);
        var builders = new Dictionary<long, RealTicketBuilder>(ids.Length);
        while (await row.ReadAsync(cancel)) builders[row.GetInt64(0)] = Ticket(row);
        await row.NextResultAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            if (builders.TryGetValue(row.GetInt64(0), out var builder)) builder.Add(Happened(row));
        }

        await row.NextResultAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            if (!builders.TryGetValue(row.GetInt64(0), out var builder)) continue;
            builder.Verdicts[(Words<CommitmentKind>.From(row.GetString(1)), row.GetInt32(2))] =
                RealTicket.Of(Words<CommitmentState>.From(row.GetString(3)), row.GetBoolean(4), row.GetInt32(5));
        }

        return [.. ids.Where(builders.ContainsKey).Select(id => builders[id].Build())];
    }

    private RealTicketBuilder Ticket(NpgsqlDataReader row)
    {
        var quiet = row.IsDBNull(5) ? null : new QuietHours(
            row.Text(7) is { } zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } known ? known : desk.Zone, Time(row, 5), Time(row, 6));
        return new RealTicketBuilder(
            row.GetInt64(0), row.GetDateTime(1).ToInstant(), Words<Author>.From(row.GetString(2)), Words<TicketStatus>.From(row.Text(3) ?? "new"), row.GetBoolean(4), quiet);
    }

    private static LocalTime Time(NpgsqlDataReader row, int column) => LocalTime.FromTimeOnly(row.GetFieldValue<TimeOnly>(column));

    private static LoggedEvent Happened(NpgsqlDataReader row) => new(
        row.GetString(1), row.GetDateTime(2).ToInstant(), row.GetString(3), row.GetString(4), Word<Priority>(row, 5), Word<Author>(row, 6), Word<Visibility>(row, 7),
        row.Text(8) == "true", Word<TicketStatus>(row, 9), Word<Priority>(row, 10))
    {
        Past = row.Text(11) is { } past ? JsonSerializer.Deserialize<PastEntry[]>(past, JsonConventions.Options)! : [],
    };

    private static T? Word<T>(NpgsqlDataReader row, int column)
        where T : struct, Enum => row.Text(column) is { } word && Words<T>.TryParse(word, out var value) ? value : null;
}

/// <summary>What the log says of one thing that happened.</summary>
internal sealed record LoggedEvent(
    string Type, Instant At, string Actor, string Transaction, Priority? Priority, Author? Author, Visibility? Visibility, bool Automated, TicketStatus? NewStatus, Priority? NewPriority)
{
    /// <summary>What had happened to a ticket before it was imported.</summary>
    public IReadOnlyList<PastEntry> Past { get; init; } = [];
}

/// <summary>As an import writes it down: a message, a status, or a change of members.</summary>
internal sealed record PastEntry(
    Instant At, string Type, Guid? MessageId = null, Author? Author = null, Visibility? Visibility = null, bool Automated = false, TicketStatus? To = null, JsonElement? Changes = null);
