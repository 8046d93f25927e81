using System.Text.Json;
using HelpDesk.Access;
using HelpDesk.Deadlines;
using HelpDesk.Events;
using HelpDesk.LongWork;
using HelpDesk.Policies;
using HelpDesk.Tickets;
using HelpDesk.Web;
using HelpDesk.Web.Json;

namespace HelpDesk.Applications;

/// <summary>
/// Applies a version to open tickets, a batch to each step: tickets, letters, log and how far it has come commit together, so that no ticket is done or told
/// twice. Whoever edits a ticket meanwhile goes first or second, never between.
/// </summary>
internal sealed class ApplyVersion(TicketDesk desk, PolicyShelf policies)
{
    public const string OfPolicy = "policy_application";
    public const string OfCalendar = "calendar_application";

    private const int AtOnce = 100;
    private const int MostFailuresTold = 100;

    public async Task<bool> Step(Guid id, Instant now, CancellationToken cancel)
    {
        await using var work = await TicketWork.Begin(desk, now, Caller.Desk, cancel);
        if (await HeldJob.TryHold(work.Connection, id, cancel) is not { } job) return false;
        var order = JsonSerializer.Deserialize<ApplicationOrder>(job.Request, JsonConventions.Options)!;
        job.Total ??= await OpenTickets.Count(desk.Database, work.Connection, order, 0, cancel);
        var ids = await OpenTickets.After(desk.Database, work.Connection, order, job.LastDone ?? 0, AtOnce, cancel);
        if (ids.Length > 0) await ApplyAll(work, job, order, ids, cancel);
        var isOver = ids.Length < AtOnce;
        work.Add(job.Save(isOver, now));
        if (isOver) work.Note(job.Ended(now));
        await work.Commit(job.Actor, job.RequestId, cancel);
        return true;
    }

    private async Task ApplyAll(TicketWork work, HeldJob job, ApplicationOrder order, long[] ids, CancellationToken cancel)
    {
        await work.Lock(ids, cancel);
        var (tally, failed) = (new Tally(job.Counts), new List<FailedTicket>());
        var changed = new HashSet<Ticket>();
        foreach (var ticket in work.Tickets)
        {
            try
            {
                if (await Apply(work, ticket, job, order, tally, cancel)) changed.Add(ticket);
            }
            catch (Refusal error)
            {
                tally.Add("failed");
                failed.Add(new FailedTicket(ticket.Id, error.Message));
            }
        }

        work.Tickets.RemoveAll(ticket => !changed.Contains(ticket));
        (job.Done, job.LastDone) = (job.Done + ids.Length, ids[^1]);
        if (failed.Count > 0) job.Result = ApplicationResult.Add(job.Result, failed, MostFailuresTold);
    }

    private async Task<bool> Apply(TicketWork work, Ticket ticket, HeldJob job, ApplicationOrder order, Tally tally, CancellationToken cancel)
    {
        // Between being found and being held it may have been resolved, or have changed hands.
        if (ticket.Status is TicketStatus.Resolved or TicketStatus.Closed || ticket.Policy is not { } policy || order.Next(policy.Key) is not var (key, why)) return false;
        var before = ticket.Clock;
        var next = await policies.Get(key, work.Connection, cancel);
        ticket.Ledger.Apply(new Reclassified(Instant.Max(work.Now, ticket.UpdatedAt), ticket.Priority, next.Rules, why));
        ticket.Policy = next;
        await work.WithdrawFollowUpsOf([.. Overtaken(ticket, before)], cancel);
        work.Note(new NewEvent("policy.applied", work.Now, job.Actor, job.RequestId, ApplicationEvents.Applied(job.Id, policy.Key, key), ticket.Id));
        work.NameNews(ticket);
        foreach (var letter in ticket.LettersOfChange(ticket.Status, [], $"application:{job.Id}:{ticket.Id}"))
        {
            if (work.Send(ticket, letter) is not null) tally.Add("told");
        }

        tally.AddTicket(Effects.Between(ticket.Ledger, before, ticket.Clock));
        return true;
    }

    /// <summary>Promises that a follow-up told, or was to tell, and that have ended or stand still by what was applied.</summary>
    private static IEnumerable<Guid> Overtaken(Ticket ticket, TicketClock before) =>
        from old in before.Commitments
        where old is { IsOpen: true, OpenPromise: { MadeBy: PromiseMaker.FollowUp } or { FollowedUpAt: not null } }
        let now = ticket.Clock.Commitments.First(commitment => commitment.Kind == old.Kind && commitment.Cycle == old.Cycle)
        where !now.IsOpen || now.State == CommitmentState.Paused
        select ticket.Ledger.IdOf(old, old.OpenPromise!);
}
