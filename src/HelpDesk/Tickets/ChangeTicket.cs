using HelpDesk.Access;
using HelpDesk.CustomFields;
using HelpDesk.Deadlines;
using HelpDesk.Events;
using HelpDesk.Policies;
using HelpDesk.Queues;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using System.Text.Json;

namespace HelpDesk.Tickets;

/// <summary>Changes tickets, one at a time, each in a transaction of its own.</summary>
internal sealed class ChangeTicket(TicketDesk desk, PolicyShelf policies, KnownQueues queues, HttpContext http, Caller caller, Instant asked)
{
    /// <summary>Change a ticket</summary>
    /// <remarks>
    /// A merge patch. Where a member that policies look at changes, the policy is chosen again and what is open is counted anew from its start; a told
    /// promise never moves later by it. The status changes last; a closed ticket stays closed (409, ticket-closed), and one that an agent has replied to, taken or resolved does not become new
    /// again (409, not-new). Refused (422) for a new assignee that is an id but of no active agent (no-such-agent) and, where
    /// Tickets:KnownQueuesOnly is set, for a new queue that is not registered (no-such-queue).
    /// </remarks>
    public static async Task<Ok<TicketResponse>> Handle(
        long id, MergePatch<TicketFields> patch, HttpContext http, TicketDesk desk, PolicyShelf policies, KnownQueues queues, DeskSettings settings,
        DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var change = new ChangeTicket(desk, policies, queues, http, caller, await clock.Now(cancel));
        var (ticket, version, now) = await change.Apply(id, patch, ticket => http.RequireMatch(ticket.RowVersion), cancel);
        http.SetETag(version, ticket.Requester.Version);
        return TypedResults.Ok(TicketResponse.Of(ticket, now, settings));
    }

    /// <summary>Answers the ticket, its version, and the instant at which it changed. <paramref name="check"/> may refuse it before.</summary>
    public async Task<(Ticket Ticket, long Version, Instant Now)> Apply(long id, MergePatch<TicketFields> patch, Action<Ticket>? check, CancellationToken cancel)
    {
        await using var work = await TicketWork.Begin(desk, asked, [id], caller, cancel);
        var now = work.Now;
        var ticket = work.Only();
        check?.Invoke(ticket);
        var before = TicketFields.Of(ticket);
        var after = await patch.ApplyTo(before, http);
        Check(after);
        after = AsKept(after, ticket);
        var changes = before.ChangesTo(after);
        if (changes.Count == 0) return (ticket, ticket.RowVersion, now);

        if (changes.ContainsKey("customFields")) (await CustomFieldValues.Load(work.Connection, cancel)).CheckChange(before.CustomFields, after.CustomFields);
        if (changes.ContainsKey("queue")) caller.MustSee(after.Queue);
        await new Placement(queues.Only && changes.ContainsKey("queue") ? after.Queue : null, changes.ContainsKey("assignee") ? after.Assignee : null)
            .Check(work.Connection, cancel);
        await TicketChange.Make(work, ticket, before, after, policies, new(caller.Id, http.TraceIdentifier, $"ticket:{id}:{ticket.RowVersion + 1}"), cancel);
        await work.Commit(caller.Id, http.TraceIdentifier, cancel);
        return (ticket, ticket.RowVersion + 1, now);
    }

    private static void Check(TicketFields fields)
    {
        var errors = new Dictionary<string, string[]>();
        TicketRules.CheckSubject(fields.Subject, errors);
        TicketRules.CheckTags(fields.Tags, errors);
        TicketRules.CheckWatchers(fields.Watchers, errors);
        TicketRules.CheckSource(fields.ExternalSource, fields.ExternalRef, errors);
        TicketRules.CheckNotBlank(
            errors, ("queue", fields.Queue), ("category", fields.Category), ("assignee", fields.Assignee), ("reason", fields.Reason),
            ("externalRef", fields.ExternalRef), ("externalSource", fields.ExternalSource));
        KeepableValues.Check(fields.CustomFields, errors);
        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }

    /// <summary>What is written in another way only is no change, and the log says what is kept.</summary>
    private static TicketFields AsKept(TicketFields fields, Ticket ticket) => fields with
    {
        Subject = fields.Subject.Trim(),
        Tags = [.. (fields.Tags ?? []).Distinct()],
        CustomFields = fields.CustomFields ?? new Dictionary<string, JsonElement>(),
        Assignee = Placement.AssigneeOf(fields.Assignee),
        Watchers = TicketRules.Watchers(fields.Watchers, ticket.Requester),
    };

    public static void SetStatus(Ticket ticket, TicketStatus to, Instant now)
    {
        if (to == TicketStatus.New && WasDealtWith(ticket)) throw NotNew();
        try
        {
            ticket.Ledger.Apply(new StatusChanged(now, to));
        }
        catch (TicketOverException error)
        {
            throw Refusal.Conflict("ticket-closed", error.Message);
        }

        if (to == TicketStatus.Closed) ticket.ClosedAt ??= now;
    }

    /// <summary>A closed ticket is refused for that.</summary>
    private static bool WasDealtWith(Ticket ticket) =>
        ticket.Status == TicketStatus.Resolved || (ticket.Status is not (TicketStatus.New or TicketStatus.Closed) && (ticket.Assignee is not null || ticket.Clock is not { LastAgentMessage: null, ReopenedAt: null }));

    private static Refusal NotNew()
    {
        const string Rule = "cannot become new: a ticket is new while no agent has replied to it, taken it or resolved it";
        return new(StatusCodes.Status409Conflict, "not-new", "Refused by a rule", $"status {Rule}.", new Dictionary<string, string[]> { ["status"] = [Rule] });
    }

    /// <summary>Whether a status ends this commitment or stops its clock: then a follow-up that has not left is not sent.</summary>
    public static bool Settles(Commitment commitment, TicketStatus status) =>
        status is TicketStatus.Resolved or TicketStatus.Closed || commitment.Term.PausesIn.Contains(status);

    public static void NoteStatus(TicketWork work, Ticket ticket, TicketStatus before, string actor, string? requestId)
    {
        if (ticket.Status == before) return;
        var changes = new Dictionary<string, FromTo> { ["status"] = new(before, ticket.Status) };
        work.Note(new NewEvent("ticket.updated", work.Now, actor, requestId, TicketEvents.Updated(changes), ticket.Id));
    }
}
