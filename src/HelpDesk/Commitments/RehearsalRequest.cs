using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using HelpDesk.Calendars;
using HelpDesk.Deadlines;
using HelpDesk.Policies;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Commitments;

/// <summary>A policy to be tried by the engine, on a scripted history (events) or on those of real tickets (tickets); nothing is stored and nothing sent.</summary>
/// <param name="Calendar">The hours to count in; that of the policy named, if left out.</param>
/// <param name="Policy">What is promised; a name and a calendar are not needed.</param>
/// <param name="Events">What happens, in order of time; the first is of type created.</param>
/// <param name="AsOf">With events: the instant that states and figures are as of; the last event's, if left out. Not before it.</param>
/// <param name="Follow">True plays the sweep too: follow-ups leave, promises lapse. Otherwise only the clocks run.</param>
/// <param name="PolicyId">In place of policy: the newest version of a stored one. Example: "019cad8f-ac00-7d5f-90c0-92592413a8b5".</param>
/// <param name="CalendarId">In place of calendar: the newest version of a stored one. Example: "019cad8f-ac00-7d5f-90c0-92592413a8b5".</param>
/// <param name="Tickets">In place of events: real tickets, by the filters of the list of tickets as one query; "" for all. Example: "queue=billing&amp;priority=high,urgent".</param>
/// <param name="Days">With tickets: only those created in the last so many days of 24 hours, 1 to 3650. Default 30, or no limit where the filter says createdFrom.</param>
[Example("""
    { "calendar": { "timeZone": "Europe/Helsinki", "week": { "mon": [["08:00","16:00"]], "tue": [["08:00","16:00"]] } },
      "policy": { "terms": { "first_response": { "target": "PT2H" }, "resolution": { "target": "PT8H" } } },
      "events": [ { "at": "2026-03-02T08:00:00Z", "type": "created" }, { "at": "2026-03-02T09:00:00Z", "type": "message", "author": "agent" },
                  { "at": "2026-03-02T09:30:00Z", "type": "status", "to": "waiting_on_customer" } ],
      "asOf": "2026-03-03T08:00:00Z", "follow": true }
    """)]
public sealed record RehearsalRequest(
    CalendarDefinition? Calendar = null,
    PolicyDefinition? Policy = null,
    [property: MinLength(1), MaxLength(10_000)] IReadOnlyList<RehearsalEvent>? Events = null,
    Instant? AsOf = null,
    bool Follow = false,
    Guid? PolicyId = null,
    Guid? CalendarId = null,
    [property: StringLength(2000)] string? Tickets = null,
    [property: Range(1, 3650)] int? Days = null);

/// <summary>One event of a scripted history. Which members it takes depends on its type.</summary>
/// <param name="At">When.</param>
/// <param name="Type">
/// created (by, status, priority, message, automated), message (author, visibility, automated, fulfils, status), status (to), priority (to),
/// policy (policy), calendar (calendar), promise (promisedAt, words), fulfilment (cycle).
/// </param>
/// <param name="By">Who made the ticket: customer (the default), agent or system.</param>
/// <param name="Status">created: the first status, by default new. message: the status after it.</param>
/// <param name="Priority">The priority at creation, by default normal.</param>
/// <param name="Message">False when the ticket has no opening message: nobody waits. Default true.</param>
/// <param name="Author">Who wrote the message: customer, agent or system.</param>
/// <param name="Visibility">public (the default) or internal.</param>
/// <param name="Automated">Whether a machine wrote it: then it starts, fulfils and reopens nothing.</param>
/// <param name="To">status: the new status. priority: the new priority.</param>
/// <param name="Policy">The version in force from now on.</param>
/// <param name="Calendar">The version in force from now on.</param>
/// <param name="PromisedAt">The instant that an agent promises.</param>
/// <param name="Words">The agent's words.</param>
/// <param name="Fulfils">message: the cycle of the callback that it fulfils.</param>
/// <param name="Cycle">fulfilment: the cycle of the callback that was done.</param>
public sealed record RehearsalEvent(
    Instant At,
    string Type,
    Author? By = null,
    TicketStatus? Status = null,
    Priority? Priority = null,
    bool? Message = null,
    Author? Author = null,
    Visibility? Visibility = null,
    bool? Automated = null,
    string? To = null,
    PolicyDefinition? Policy = null,
    CalendarDefinition? Calendar = null,
    Instant? PromisedAt = null,
    [property: StringLength(1000)] string? Words = null,
    int? Fulfils = null,
    int? Cycle = null);

/// <summary>How the history came out.</summary>
/// <param name="Commitments">The commitments with their ledgers.</param>
/// <param name="FollowUps">The follow-ups that left, in order; none unless follow was asked for.</param>
/// <param name="Explanation">Why each commitment stands where it does.</param>
/// <param name="Tickets">With tickets: how they would have come out, beside how they did; then the other members are empty.</param>
public sealed record RehearsalAnswer(
    IReadOnlyList<CommitmentResponse> Commitments, IReadOnlyList<RehearsedFollowUp> FollowUps, ExplanationResponse Explanation,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TicketRehearsal? Tickets = null);

/// <summary>A follow-up that left.</summary>
/// <param name="Commitment">The commitment it was about.</param>
/// <param name="At">When it left.</param>
/// <param name="Promise">The new promised instant; null when the cap on renewals was reached.</param>
/// <param name="Kind">The commitment's kind.</param>
/// <param name="Cycle">The commitment's cycle.</param>
public sealed record RehearsedFollowUp(Guid Commitment, Instant At, Instant? Promise, CommitmentKind Kind, int Cycle);
