using System.Text.Json;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Events;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web.Json;
using Npgsql;

namespace HelpDesk.FollowUps;

/// <summary>
/// Takes back follow-ups that were not handed over in time, or never will be: the promise they carried was not told. The promise before them stands again; if
/// its instant has passed it is broken, and a recovery takes the follow-up's place. Likewise recoveries that name a date which has passed: another takes their place.
/// </summary>
internal sealed class RecallUnsent(TicketDesk desk, SweepDue sweep, SetAside aside, NpgsqlDataSource database)
{
    private const string Job = "recall_unsent";
    private const int AtOnce = 500;

    /// <returns>How many tickets were concerned: call again while it answers more than zero.</returns>
    public Task<int> RunOnce(Instant now, CancellationToken cancel) => aside.Run(Job, now, batch => RunBatch(batch, now, cancel));

    private async Task<int> RunBatch(Batch batch, Instant now, CancellationToken cancel)
    {
        await using var work = await TicketWork.Begin(desk, now, Caller.Desk, cancel);
        var ids = await Claim(work.Connection, batch, now, cancel);
        if (ids.Length == 0) return 0;
        batch.Has = ids;
        await MarkUnreachable(work, ids, now, cancel);
        await work.Lock(ids, cancel);
        var untold = (await Withdraw(work.Connection, ids, now, cancel)).ToDictionary(followUp => followUp.Standing);
        var recoveries = (await UnsentRecoveries.WithdrawLate(work.Connection, ids, now, desk.MachineNow, cancel)).ToLookup(recovery => recovery.TicketId);
        await sweep.SweepAll(
            work,
            ticket =>
            {
                foreach (var recovery in recoveries[ticket.Id]) if (recovery.NewPromiseId is { } promise) ticket.Ledger.Untold(promise);
                return TakeBack(ticket, untold, now);
            },
            cancel);
        foreach (var ticket in work.Tickets)
        {
            ApologiseAgain(work, ticket, [.. recoveries[ticket.Id]]);
            TellOfRefusal(work, ticket, untold.Values.Where(followUp => followUp.TicketId == ticket.Id).Select(followUp => followUp.Refusal).Concat(recoveries[ticket.Id].Select(recovery => recovery.Refusal)));
        }

        work.LeaveUnchanged();
        await work.Commit(SweepDue.Actor, null, cancel);
        return ids.Length;
    }

    private async Task<long[]> Claim(NpgsqlConnection connection, Batch batch, Instant now, CancellationToken cancel) =>
        await Rows(
            connection,
            $"""
            with late as materialized (
                select ticket_id from deliveries
                where expires_at is not null and kind in ('follow_up', 'recovery') and (state = 'dead' or (state in ('queued', 'failed') and expires_at < $1))
                    and ticket_id <> all ($4) and (cardinality($5::bigint[]) = 0 or ticket_id = any ($5))
                -- All of a ticket's or none: it is swept after it, and what a sender has is not known to be untold.
                group by ticket_id having bool_and({Lease.IsOver("leased_until", "$2")})
                order by min(expires_at) limit $3)
            select id from tickets where id in (select ticket_id from late) order by id for no key update skip locked
            """,
            row => row.GetInt64(0), cancel, now.ToUtc(), desk.MachineNow.ToUtc(), AtOnce, batch.Without, batch.Only);

    /// <summary>What a mail server says of the address itself (5.1.x) marks it as a bounce does: nothing more is mailed there.</summary>
    private static async Task MarkUnreachable(TicketWork work, long[] tickets, Instant now, CancellationToken cancel)
    {
        var marked = await Rows(
            work.Connection,
            """
            update customers c set unreachable_since = $1, row_version = c.row_version + 1, updated_at = greatest(c.updated_at, $1)
            from deliveries d
            where d.ticket_id = any ($2) and d.kind in ('follow_up', 'recovery') and d.state = 'dead' and d.channel = 'email' and d.last_error ~ '\m5\.1\.\d'
                and c.id = d.customer_id and c.email = d.recipient and c.unreachable_since is null and c.erased_at is null
            returning c.id
            """,
            row => row.GetGuid(0), cancel, now.ToUtc(), tickets);
        foreach (var customer in marked.Distinct())
        {
            var changes = MemberChanges.Between(new { unreachableSince = (Instant?)null }, new { unreachableSince = (Instant?)now });
            work.Note(new NewEvent("customer.updated", now, SweepDue.Actor, null, JsonSerializer.Serialize(new { customerId = customer, changes }, JsonConventions.Options)));
        }
    }

    /// <summary>
    /// What is withdrawn, by the promise that it left standing: the one it carried, or past the cap the one it spoke of. A dead follow-up is withdrawn too: tried
    /// again, it would tell what no longer holds.
    /// </summary>
    private async Task<IReadOnlyList<LateFollowUp>> Withdraw(NpgsqlConnection connection, long[] tickets, Instant now, CancellationToken cancel) =>
        await Rows(
            connection,
            $"""
            with late as (
                update deliveries d set state = 'withdrawn', ended_at = $1, lease_id = null, leased_until = null
                from (select id, state from deliveries
                    where ticket_id = any ($3) and expires_at is not null and kind = 'follow_up' and {Lease.IsOver("leased_until", "$2")}
                        and (state = 'dead' or (state in ('queued', 'failed') and (expires_at < $1 or copy_of in (
                            select id from deliveries where ticket_id = any ($3) and kind = 'follow_up' and state = 'dead'))))) as was
                -- Looked at once more: a sender may have taken it up since.
                where d.id = was.id and d.state in ('queued', 'failed', 'dead') and {Lease.IsOver("d.leased_until", "$2")}
                returning d.id, case when was.state = 'dead' then coalesce(d.last_error, '') end as refusal)
            update follow_ups f set withdrawn_at = $1 from late where f.delivery_id = late.id and f.withdrawn_at is null
            returning f.ticket_id, f.promise_id, f.new_promise_id, late.refusal
            """,
            row => new LateFollowUp(row.GetInt64(0), row.GetGuid(1), row.IsDBNull(2) ? null : row.GetGuid(2), row.IsDBNull(3) ? null : row.GetString(3)),
            cancel, now.ToUtc(), desk.MachineNow.ToUtc(), tickets);

    private sealed record LateFollowUp(long TicketId, Guid Promise, Guid? NewPromise, string? Refusal)
    {
        public Guid Standing => NewPromise ?? Promise;
    }

    /// <returns>What people are called in for: follow-ups that were refused for good, while their promise stands.</returns>
    private static List<ClockChange> TakeBack(Ticket ticket, Dictionary<Guid, LateFollowUp> untold, Instant now)
    {
        var refused = new List<ClockChange>();
        foreach (var commitment in ticket.Clock.Commitments)
        {
            if (commitment is not { IsOpen: true, OpenPromise: { MadeBy: PromiseMaker.FollowUp } promise }) continue;
            if (!untold.TryGetValue(ticket.Ledger.IdOf(commitment, promise), out var late) || late.NewPromise is null) continue;
            var change = ticket.Ledger.Apply(new FollowUpWithdrawn(now, commitment.Kind, commitment.Cycle)).Single(change => change.What == ChangeKind.FollowUpWithdrawn);
            if (late.Refusal is not null) refused.Add(change with { What = ChangeKind.FollowUpUnreachable });
        }

        return refused;
    }

    /// <summary>The sweep has apologised for what had lapsed by now. What ended or stands still is apologised for without a date; what was refused for good is not tried again.</summary>
    private static void ApologiseAgain(TicketWork work, Ticket ticket, IReadOnlyList<UnsentRecovery> untold)
    {
        var recovered = ticket.Ledger.News.Where(change => change.What == ChangeKind.RecoveryStarted).Select(change => ticket.Ledger.IdOf(change.Kind, change.Cycle)).ToHashSet();
        var left = untold.Where(recovery => recovery.Refusal is null && !recovered.Contains(recovery.CommitmentId)).ToList();
        work.Apologise(ticket, left, commitment => !commitment.IsOpen || commitment.State == CommitmentState.Paused, atOnce: false);
    }

    private static void TellOfRefusal(TicketWork work, Ticket ticket, IEnumerable<string?> refusals)
    {
        if (refusals.FirstOrDefault(refusal => refusal is not null) is not { } words) return;
        work.Tell(ticket, $"A message to the customer was refused for good: {words} She was not told what it said. Please reach her another way.");
    }

    private static async Task<T[]> Rows<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return [.. rows];
    }

    /// <summary>The earliest instant at which a follow-up will be too late. What a sender has is looked for again at the job's own pace.</summary>
    public async Task<Instant?> NextDue(Instant now, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            $"""
            select case when state = 'dead' then created_at else expires_at + interval '1 microsecond' end
            from deliveries
            where state in ('queued', 'failed', 'dead') and expires_at is not null and kind in ('follow_up', 'recovery')
                and ticket_id not in (select ticket_id from deliveries where state in ('queued', 'failed') and kind in ('follow_up', 'recovery') and expires_at is not null and {Lease.Holds("leased_until", "$1")})
                and ticket_id <> all ($2)
            order by (state = 'dead') desc, expires_at limit 1
            """);
        command.Parameters.AddWithValue(desk.MachineNow.ToUtc());
        command.Parameters.AddWithValue(aside.From(Job, now));
        return await command.ExecuteScalarAsync(cancel) is DateTime at ? at.ToInstant() : null;
    }
}
