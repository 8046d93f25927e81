using HelpDesk.Access;
using HelpDesk.Deadlines;
using HelpDesk.Events;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>
/// Closes tickets that have been resolved for as long as their policy says. Nobody is written to: the resolution said what was to be said. Safe on any number
/// of servers at once.
/// </summary>
internal sealed class CloseResolved(TicketDesk desk, SetAside aside, NpgsqlDataSource database)
{
    private const string Actor = "desk";
    private const string Job = "close_resolved";
    private const int AtOnce = 500;

    private const string ClaimDue =
        """
        with due as materialized (
            select id from tickets where close_at <= $1 and id <> all ($3) and (cardinality($4::bigint[]) = 0 or id = any ($4)) order by close_at limit $2)
        select id from tickets where id in (select id from due) and close_at <= $1 order by id for no key update skip locked
        """;

    /// <returns>How many were closed: call again while it answers more than zero.</returns>
    public Task<int> RunOnce(Instant now, CancellationToken cancel) => aside.Run(Job, now, batch => RunBatch(batch, now, cancel));

    private async Task<int> RunBatch(Batch batch, Instant now, CancellationToken cancel)
    {
        await using var work = await TicketWork.Begin(desk, now, Caller.Desk, cancel);
        var ids = await Claim(work.Connection, batch, now, cancel);
        if (ids.Length == 0) return 0;
        batch.Has = ids;
        await work.Lock(ids, cancel);
        foreach (var ticket in work.Tickets)
        {
            var before = ticket.Status;
            ChangeTicket.SetStatus(ticket, TicketStatus.Closed, work.Now);
            var changes = new Dictionary<string, FromTo> { ["status"] = new(before, ticket.Status) };
            work.Note(new NewEvent("ticket.closed", work.Now, Actor, null, TicketEvents.Updated(changes), ticket.Id));
        }

        await work.Commit(Actor, null, cancel);
        return ids.Length;
    }

    private static async Task<long[]> Claim(NpgsqlConnection connection, Batch batch, Instant now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(ClaimDue, connection);
        command.Parameters.AddWithValue(now.ToUtc());
        command.Parameters.AddWithValue(AtOnce);
        command.Parameters.AddWithValue(batch.Without);
        command.Parameters.AddWithValue(batch.Only);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var ids = new List<long>();
        while (await reader.ReadAsync(cancel)) ids.Add(reader.GetInt64(0));
        return [.. ids];
    }

    /// <summary>The earliest instant at which a ticket is to be closed.</summary>
    public async Task<Instant?> NextDue(Instant now, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select close_at from tickets where close_at is not null and id <> all ($1) order by close_at limit 1");
        command.Parameters.AddWithValue(aside.From(Job, now));
        return await command.ExecuteScalarAsync(cancel) is DateTime at ? at.ToInstant() : null;
    }
}
