using System.ComponentModel.DataAnnotations;
using HelpDesk.Deadlines;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Policies;

/// <summary>What the desk publishes: which tickets it covers, and a term for each kind of commitment.</summary>
/// <param name="Terms">A term per kind: first_response, next_response, update, resolution. A kind left out is not promised.</param>
/// <param name="Name">For people; not needed in a rehearsal. Example: "Gold customers".</param>
/// <param name="Description">For people. Example: "What we promise gold customers".</param>
/// <param name="CalendarId">The calendar whose hours working terms are counted in; not needed in a rehearsal.</param>
/// <param name="Published">Whether it stands in the public catalogue (GET /v1/commitments).</param>
/// <param name="When">Which tickets it covers; all of them, if left out.</param>
/// <param name="ReopenWindow">How long after the resolution, in elapsed time, a customer's message reopens the ticket. Default "P14D".</param>
/// <param name="ReopenTarget">The resolution target after a reopening; the term's own, if left out. Example: "PT4H".</param>
/// <param name="CloseAfter">How long after the resolution, in elapsed time, the ticket is closed of itself; after that a customer's message opens a new one. Default "P14D".</param>
/// <param name="Remedy">What is offered when a promise was broken, said in the apology. Example: "We take 10 % off this month's bill."</param>
/// <param name="PageExpires">How long after it was closed, in elapsed time, a ticket's public page can be opened by its customer. Default "P90D".</param>
/// <param name="QuietHours">keep (the default): customers are not written to in their quiet hours, but for what would come too late; ignore: they are.</param>
[Example("""
    { "name": "Gold customers", "description": "What we promise gold customers", "calendarId": "019cad8f-ac00-7d5f-90c0-92592413a8b5", "published": true,
      "when": { "priority": ["high", "urgent"], "tier": ["gold"] },
      "terms": { "first_response": { "target": "PT2H", "lead": "PT30M", "renewBy": "PT1H", "byPriority": { "urgent": { "target": "PT30M" } } },
                 "next_response": { "target": "PT4H" }, "update": { "target": "PT16H" }, "resolution": { "target": "PT40H", "cushion": "PT8H" } },
      "remedy": "We take 10 % off this month's bill." }
    """)]
[PatchExample("""{ "terms": { "first_response": { "target": "PT1H" } }, "remedy": null }""")]
public sealed record PolicyDefinition(
    [property: KindKeys] IReadOnlyDictionary<string, TermDefinition> Terms,
    [property: StringLength(200, MinimumLength = 1)] string? Name = null,
    [property: StringLength(2000)] string? Description = null,
    Guid? CalendarId = null,
    bool Published = false,
    PolicyConditions? When = null,
    IsoDuration? ReopenWindow = null,
    IsoDuration? ReopenTarget = null,
    [property: StringLength(2000)] string? Remedy = null,
    IsoDuration? CloseAfter = null,
    QuietHoursRule? QuietHours = null,
    IsoDuration? PageExpires = null)
{
    /// <summary>How long customers' pages stay where nothing says otherwise.</summary>
    internal static readonly Duration DefaultPageExpires = Duration.FromDays(90);


    /// <summary>How long tickets stay resolved where nothing says otherwise.</summary>
    internal static readonly Duration DefaultCloseAfter = Duration.FromDays(14);
}

/// <summary>What a policy does about its customers' quiet hours.</summary>
public enum QuietHoursRule
{
    /// <summary>They are kept, but for what would come too late.</summary>
    Keep,

    /// <summary>They are not looked at.</summary>
    Ignore,
}

/// <summary>Which tickets a policy covers. A member left out matches all; the values within a member are alternatives.</summary>
/// <param name="Priority">Priorities. Example: ["high","urgent"].</param>
/// <param name="Queue">Queues. Example: ["billing"].</param>
/// <param name="Channel">Channels. Example: ["web"].</param>
/// <param name="Category">Categories. Example: ["invoice"].</param>
/// <param name="Tag">Tags, one of which the ticket has. Example: ["vip"].</param>
/// <param name="Tier">Tiers of the customer. Example: ["gold"].</param>
/// <param name="Locale">Locales of the customer; "fi" covers "fi-FI" too. Example: ["fi"].</param>
[OmitNulls]
public sealed record PolicyConditions(
    IReadOnlyList<Priority>? Priority = null,
    IReadOnlyList<string>? Queue = null,
    IReadOnlyList<string>? Channel = null,
    IReadOnlyList<string>? Category = null,
    IReadOnlyList<string>? Tag = null,
    IReadOnlyList<string>? Tier = null,
    IReadOnlyList<string>? Locale = null);

/// <summary>One kind's term. Durations are ISO 8601, counted in the term's hours.</summary>
/// <param name="Target">How long it may take: longer than zero, at most ten years. Required but within byPriority. Example: "PT2H".</param>
/// <param name="Hours">working (the calendar's open time; the default) or around_the_clock.</param>
/// <param name="Cushion">Added to the target before it is promised. Default "PT0S".</param>
/// <param name="Lead">How long before the promise the follow-up leaves. Default: the shorter of one hour and a quarter of the target.</param>
/// <param name="RenewBy">By how much a follow-up promises anew; not shorter than the lead. Default: half of the target.</param>
/// <param name="MaxRenewals">Automatic renewals without a human public message in between, 0 to 100. Default 2.</param>
/// <param name="PausesIn">Statuses in which it stands still. Default: waiting_on_customer and on_hold for update and resolution, none for responses.</param>
/// <param name="Ladder">Which people are told and what is done on the way to a lapse and after it: at most 50 steps.</param>
/// <param name="ByPriority">What differs for a priority: low, normal, high, urgent. Members left out are as above.</param>
[OmitNulls]
public sealed record TermDefinition(
    IsoDuration? Target = null,
    TermHours? Hours = null,
    IsoDuration? Cushion = null,
    IsoDuration? Lead = null,
    IsoDuration? RenewBy = null,
    int? MaxRenewals = null,
    IReadOnlyList<TicketStatus>? PausesIn = null,
    IReadOnlyList<LadderStepDefinition>? Ladder = null,
    [property: PriorityKeys] IReadOnlyDictionary<string, TermDefinition>? ByPriority = null);

/// <summary>
/// One step of the ladder, taken once per promise. While the clock stands, and once the matter has ended, no step is taken; one that was missed while the desk
/// was down is taken late, in its turn.
/// </summary>
/// <param name="At">
/// When: a percentage of the target from 1% to 1000% ("75%"), or an offset in the term's hours from the promise or the lapse ("PT0S", "-PT30M"). A percentage
/// falls on one instant: it is not taken again for the promise of a follow-up. From the lapse an offset is not negative. Example: "75%".
/// </param>
/// <param name="Do">
/// notify: people are told by a message, in working hours of the calendar (around_the_clock terms at once), all that is due for one person in one.
/// raise_priority: one step up, which may change what is promised; urgent stays. reassign: the ticket is given to an agent, who is told. Example: "notify".
/// </param>
/// <param name="From">What an offset counts from: promise (the default) or lapse. Steps from the lapse are taken for each promise that lapses. Example: "lapse".</param>
/// <param name="To">
/// For notify: assignee, queue (its active agents), lead (the queue's leads), an e-mail address, an agent's id, or an https or http address. For reassign: lead (the
/// first of the queue's), or an agent's id. Not for raise_priority. Where it means nobody, the step goes to the assignee, then the queue's leads, then the desk's
/// administrators. Example: "assignee".
/// </param>
[OmitNulls]
public sealed record LadderStepDefinition(string At, string Do, string? From = null, [property: StringLength(500)] string? To = null);
