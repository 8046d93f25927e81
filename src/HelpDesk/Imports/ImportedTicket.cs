using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using HelpDesk.Deadlines;
using HelpDesk.Tickets;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using HelpDesk.Web.OpenApi;
using Microsoft.Extensions.Validation;

// ASP0029: the mark is still experimental. Lines are read one by one, and their rules held by LineReader; a test holds that they are enforced.
#pragma warning disable ASP0029

namespace HelpDesk.Imports;

/// <summary>A line of an import or export: a ticket as it was when it was made, and what happened to it since.</summary>
/// <param name="ExternalRef">What the system it comes from calls it. A ticket that has this name of this source already is known, and left as it is. Example: "4711".</param>
/// <param name="Subject">What it is about, on one line. Example: "Printer on fire".</param>
/// <param name="Requester">The customer who waits; an unknown e-mail address makes the customer.</param>
/// <param name="CreatedAt">When it was made. Example: "2026-01-12T08:00:00Z".</param>
/// <param name="ExternalSource">Which system it comes from; left out is a source of its own. Example: "old-desk".</param>
/// <param name="CreatedBy">Who made it: customer (if left out), agent or system.</param>
/// <param name="Status">Its first status; new if left out.</param>
/// <param name="Priority">Its first priority; normal if left out.</param>
/// <param name="Channel">Where it came from; api if left out. Example: "email".</param>
/// <param name="Queue">Its first queue. Example: "billing".</param>
/// <param name="Category">Its first category. Example: "hardware".</param>
/// <param name="Assignee">Who had it first. Example: "anna".</param>
/// <param name="Tags">Its first tags. Example: ["printer"].</param>
/// <param name="CustomFields">Fields of your own, as they are now. Example: {"floor":"ground"}.</param>
/// <param name="Watchers">E-mail addresses that are sent copies, as they are now. Example: ["boss@example.org"].</param>
/// <param name="Reason">Why it takes longer, as it is now. Example: "We wait for a spare part.".</param>
/// <param name="PolicyId">The policy in force that promises; left out, the one that covers the ticket.</param>
/// <param name="History">What happened, in the order of time. A public message of its maker at createdAt that stands first is the opening message.</param>
[OmitNulls]
[ValidatableType]
[Example("""
    { "externalSource": "old-desk", "externalRef": "4711", "subject": "Printer on fire", "requester": { "email": "ada@example.org", "name": "Ada" },
      "createdAt": "2026-01-12T08:00:00Z", "channel": "email", "queue": "billing",
      "history": [
        { "at": "2026-01-12T08:00:00Z", "type": "message", "author": "customer", "body": "It burns." },
        { "at": "2026-01-12T08:20:00Z", "type": "change", "changes": { "priority": "high", "assignee": "anna" } },
        { "at": "2026-01-12T09:00:00Z", "type": "message", "author": "agent", "authorId": "anna", "body": "Is it out?" },
        { "at": "2026-01-12T09:00:00Z", "type": "status", "to": "resolved" }
      ] }
    """)]
public sealed record ImportedTicket(
    [property: StringLength(200, MinimumLength = 1)] string ExternalRef,
    [property: StringLength(500, MinimumLength = 1)] string Subject,
    RequesterDefinition Requester,
    Instant CreatedAt,
    [property: StringLength(200, MinimumLength = 1)] string? ExternalSource = null,
    Author CreatedBy = Author.Customer,
    TicketStatus Status = TicketStatus.New,
    Priority Priority = Priority.Normal,
    [property: StringLength(50, MinimumLength = 1)] string? Channel = null,
    [property: StringLength(200, MinimumLength = 1)] string? Queue = null,
    [property: StringLength(200, MinimumLength = 1)] string? Category = null,
    [property: StringLength(200, MinimumLength = 1)] string? Assignee = null,
    [property: MaxLength(100)] IReadOnlyList<string>? Tags = null,
    IReadOnlyDictionary<string, JsonElement>? CustomFields = null,
    [property: MaxLength(50)] IReadOnlyList<string>? Watchers = null,
    [property: StringLength(1000, MinimumLength = 1)] string? Reason = null,
    Guid? PolicyId = null,
    [property: MaxLength(ImportedTicket.MostEntries)] IReadOnlyList<HistoryEntry>? History = null)
{
    internal const int MostEntries = 10_000;

    /// <summary>The opening message: somebody waits.</summary>
    internal HistoryEntry? Opening() =>
        History is [{ Type: HistoryType.Message } first, ..] && first.At == CreatedAt && first.Author == CreatedBy && first.Visibility is null or Visibility.Public ? first : null;
}

/// <summary>Something that happened to a ticket.</summary>
/// <param name="At">When; not before what stands before it, and not in the future. Example: "2026-01-12T09:00:00Z".</param>
/// <param name="Type">message, status or change.</param>
/// <param name="Author">Of a message: customer, agent or system.</param>
/// <param name="AuthorId">Of a message: who wrote it, by name or id. Example: "anna".</param>
/// <param name="Visibility">Of a message: public (if left out) or internal.</param>
/// <param name="Automated">Of a message: whether a machine wrote it.</param>
/// <param name="Body">Of a message: its words. Example: "Is it out?".</param>
/// <param name="To">Of a status: the status from then on.</param>
/// <param name="Changes">Of a change: the members that changed, as they were from then on.</param>
[OmitNulls]
[ValidatableType]
public sealed record HistoryEntry(
    Instant At,
    HistoryType Type,
    Author? Author = null,
    [property: StringLength(200, MinimumLength = 1)] string? AuthorId = null,
    Visibility? Visibility = null,
    bool? Automated = null,
    [property: StringLength(200_000, MinimumLength = 1)] string? Body = null,
    TicketStatus? To = null,
    HistoryChanges? Changes = null);

/// <summary>Members that changed. One that is left out stayed as it was; null is none.</summary>
public sealed record HistoryChanges
{
    /// <summary>The priority.</summary>
    public Optional<Priority> Priority { get; init; }

    /// <summary>The queue.</summary>
    public Optional<string?> Queue { get; init; }

    /// <summary>The category.</summary>
    public Optional<string?> Category { get; init; }

    /// <summary>Who has it.</summary>
    public Optional<string?> Assignee { get; init; }

    /// <summary>The tags.</summary>
    public Optional<IReadOnlyList<string>> Tags { get; init; }
}

/// <summary>What kind of thing happened.</summary>
public enum HistoryType
{
    /// <summary>Somebody wrote.</summary>
    Message,

    /// <summary>The status was set.</summary>
    Status,

    /// <summary>Other members changed.</summary>
    Change,
}
