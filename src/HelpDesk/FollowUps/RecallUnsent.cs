using HelpDesk.Access;
using HelpDesk.Deadlines;
using HelpDesk.Tickets;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.FollowUps;

/// <summary>
/// Takes back follow-ups that were not handed over in time, or never will be: the promise they carried was not told. The promise before them stands again; if
/// its instant has passed it is broken, and a recovery takes the follow-up's place.
/// </summary>
internal sealed class RecallUnsent(TicketDesk desk, SweepDue sweep, NpgsqlDataSource database)
{
    private const int AtOnce = 500;

    /// <returns>How many tickets were concerned: call again while it answers more than zero.</returns>
    public async Task<int> RunOnce(Instant now, CancellationToken cancel)
    {
        await using var work = await TicketWork.Begin(desk, now, Caller.Desk, cancel);
        var ids = await Claim(work.Connection, now, cancel);
        if (ids.Length == 0) return 0;
        await work.Lock(ids, cancel);
        var untold = (await Withdraw(work.Connection, ids, now, cancel)).ToHashSet();
        await sweep.SweepAll(work, ticket => TakeBack(ticket, untold, now), cancel);
        work.LeaveUnchanged();
        await work.Commit(SweepDue.Actor, null, cancel);
        return ids.Length;
    }

    private async Task<long[]> Claim(NpgsqlConnection connection, Instant now, CancellationToken cancel) =>
        await Column<long>(
            connection,
            """
            with late as materialized (
                select ticket_id from deliveries
                where expires_at is not null and kind = 'follow_up' and (state = 'dead' or (state in ('queued', 'failed') and expires_at < $1))
                -- All of a ticket's or none: it is swept after it, and what a sender has is not known to be untold.
                group by ticket_id having bool_and(lease_id is null or leased_until < $2)
                order by min(expires_at) limit $3)
            select id from tickets where id in (select ticket_id from late) order by id for no key update skip locked
            """,
            cancel, now.ToUtc(), desk.MachineNow.ToUtc(), AtOnce);

    /// <summary>The promises that were to be told by what is withdrawn; a follow-up past the cap told of none. A dead follow-up is withdrawn too: tried again, it would tell what no longer holds.</summary>
    private async Task<IReadOnlyList<Guid>> Withdraw(NpgsqlConnection connection, long[] tickets, Instant now, CancellationToken cancel) =>
        await Column<Guid>(
            connection,
            """
            with late as (
                update deliveries set state = 'withdrawn', ended_at = $1, lease_id = null, leased_until = null
                where ticket_id = any ($3) and expires_at is not null and kind = 'follow_up'
                    and (state = 'dead' or (state in ('queued', 'failed') and (expires_at < $1 or copy_of in (
                        select id from deliveries where ticket_id = any ($3) and kind = 'follow_up' and state = 'dead'))))
                    and (lease_id is null or leased_until < $2)
                returning id),
            recorded as (
                update follow_ups set withdrawn_at = $1 from late where delivery_id = late.id and withdrawn_at is null
                returning new_promise_id)
            select new_promise_id from recorded where new_promise_id is not null
            """,
            cancel, now.ToUtc(), desk.MachineNow.ToUtc(), tickets);

    private static void TakeBack(Ticket ticket, HashSet<Guid> untold, Instant now)
    {
        foreach (var commitment in ticket.Clock.Commitments)
        {
            if (commitment is { IsOpen: true, OpenPromise: { MadeBy: PromiseMaker.FollowUp } promise } && untold.Contains(ticket.Ledger.IdOf(commitment, promise)))
            {
                ticket.Ledger.Apply(new FollowUpWithdrawn(now, commitment.Kind, commitment.Cycle));
            }
        }
    }

    private static async Task<T[]> Column<T>(NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var column = new List<T>();
        while (await reader.ReadAsync(cancel)) column.Add(reader.GetFieldValue<T>(0));
        return [.. column];
    }

    /// <summary>The earliest instant at which a follow-up will be too late. What a sender has is looked for again at the job's own pace.</summary>
    public async Task<Instant?> NextDue(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            select case when state = 'dead' then created_at else expires_at + interval '1 microsecond' end
            from deliveries
            where state in ('queued', 'failed', 'dead') and expires_at is not null and kind = 'follow_up'
                and ticket_id not in (select ticket_id from deliveries where state in ('queued', 'failed') and kind = 'follow_up' and expires_at is not null and leased_until >= $1)
            order by (state = 'dead') desc, expires_at limit 1
            """);
        command.Parameters.AddWithValue(desk.MachineNow.ToUtc());
        return await command.ExecuteScalarAsync(cancel) is DateTime at ? at.ToInstant() : null;
    }
}
