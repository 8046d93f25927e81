using System.Text.Json;
using HelpDesk.Deadlines;
using HelpDesk.Events;
using HelpDesk.Policies;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web.Json;

namespace HelpDesk.Escalation;

/// <summary>
/// Calls people in, and does what the ladder says, for the tickets of one piece of work: notices are written with their cause, in its transaction. Whom a step
/// means is looked up once, and only where one is taken.
/// </summary>
internal sealed class CallIn(TicketWork work, PolicyShelf policies, NoticeOptions options, ILogger log)
{
    private const string Actor = "desk";

    private readonly List<NewNotice> notices = [];
    private Roster? roster;

    /// <summary>
    /// Of what a sweep did to a ticket: whom it calls, and what its ladder changes; null where it calls for nothing. The changes are made by
    /// <see cref="Called.Change"/>, after the letters.
    /// </summary>
    public async ValueTask<Called?> For(Ticket ticket, IReadOnlyList<ClockChange> swept, CancellationToken cancel)
    {
        Called? called = null;
        foreach (var change in swept)
        {
            if (!Calls(change)) continue;
            roster ??= await Roster.Read(work.Connection, cancel);
            Call(called ??= new Called(ticket, policies, log), change, roster);
        }

        if (called is null) return null;
        called.Names = roster!.NamesOf(ticket.Queue, called.Assignee);
        work.Tell(ticket, called.Note);
        return called;
    }

    private static bool Calls(ClockChange change) => change.What switch
    {
        ChangeKind.LadderClimbed => true,
        ChangeKind.FollowUpSent or ChangeKind.RecoveryStarted => change.Reason is "cap" or "unreachable",
        ChangeKind.FollowUpUnreachable => true,
        _ => false,
    };

    private void Call(Called called, ClockChange change, Roster people)
    {
        var (queue, assignee) = (called.Ticket.Queue, called.Assignee);
        switch (change.What, change.Do, change.Reason)
        {
            case (ChangeKind.LadderClimbed, LadderStep.RaisePriority, _):
                called.RaisePriority();
                break;
            case (ChangeKind.LadderClimbed, "reassign", _):
                Assign(called, change, people.Assignable(change.To, queue));
                break;
            case (ChangeKind.LadderClimbed, _, _):
                Tell(called, change, people.For(change.To, queue, assignee), WhyClimbed(called.Ticket, change));
                break;
            case (ChangeKind.FollowUpSent, _, _):
                Tell(called, change, people.CalledIn(queue, assignee), NoticeWhy.PutOff);
                break;
            case (ChangeKind.RecoveryStarted, _, "cap"):
                Tell(called, change, people.CalledIn(queue, assignee), NoticeWhy.GivenUp);
                break;
            default:
                Tell(called, change, people.For("assignee", queue, assignee), change.What == ChangeKind.RecoveryStarted ? NoticeWhy.NotTold : NoticeWhy.Unreachable);
                break;
        }
    }

    private static NoticeWhy WhyClimbed(Ticket ticket, ClockChange change) =>
        change.Kind == CommitmentKind.Callback ? NoticeWhy.Callback
        : ticket.Commitment(change).Promises[change.Promise!.Value - 1].Outcome == PromiseOutcome.Broken ? NoticeWhy.Lapsed
        : NoticeWhy.ComingUp;

    private void Assign(Called called, ClockChange change, Person? agent)
    {
        if (agent is null || agent.Key != called.Assignee) Tell(called, change, agent is null ? [] : [agent], NoticeWhy.Assigned);
        if (agent is not null) called.GiveTo(agent.Key);
    }

    private void Tell(Called called, ClockChange change, IReadOnlyList<Person> people, NoticeWhy why)
    {
        var ticket = called.Ticket;
        var (commitment, promise) = (ticket.Ledger.IdOf(change.Kind, change.Cycle), ticket.Ledger.IdOf(change.Kind, change.Cycle, change.Promise!.Value));
        var step = change.Step is { } number ? StepWords.Of(ticket.Commitment(change).Ladder[number - 1]) : "";
        if (people.Count == 0)
        {
            called.Missed(change, why);
            if (change.What == ChangeKind.LadderClimbed) ticket.Ledger.Explain(change, "nobody");
        }

        var dueAt = Opening(ticket.Commitment(change).Hours, work.Now);
        // A callback's must be out before the customer is written to: it gathers nothing.
        var sendAt = why == NoticeWhy.Callback ? dueAt : dueAt + options.Gather;
        foreach (var person in people) notices.Add(new NewNotice(Ids.New(work.Now), person, ticket.Id, commitment, promise, why, step, work.Now, dueAt, sendAt));
        work.Note(new NewEvent(
            "people.called", work.Now, Actor, null,
            JsonSerializer.Serialize(new { Why = why, Step = step.Length == 0 ? null : step, People = people.Select(person => person.Key), DueAt = dueAt }, JsonConventions.Options),
            ticket.Id, commitment, promise));
    }

    /// <summary>People are called in when the hours that the promise is counted in are open.</summary>
    private static Instant Opening(WorkingCalendar hours, Instant now)
    {
        try
        {
            return hours.NextOpen(now);
        }
        catch (Exception error) when (error is NeverOpenException or DeadlineOutOfReachException)
        {
            return now;
        }
    }

    /// <summary>Leaves the notices to be written with the rest of the work.</summary>
    public void Append()
    {
        if (notices.Count > 0) work.Add(NoticeLog.Append(notices));
    }
}
