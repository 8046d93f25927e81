using HelpDesk.Deadlines;
using HelpDesk.Web.OpenApi;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace HelpDesk.Tickets;

/// <summary>A ticket to be made. Besides the subject it needs its requester: requester or requesterId.</summary>
/// <param name="Subject">What it is about, on one line. Example: "Printer on fire".</param>
/// <param name="Body">The opening message; a ticket without one starts no response commitment: nobody waits. Example: "It burns.".</param>
/// <param name="Requester">The customer who waits; an unknown e-mail address makes the customer. Give this or requesterId.</param>
/// <param name="RequesterId">The id of a customer there is, in place of requester.</param>
/// <param name="Channel">Where it comes from. Default "api". Example: "web".</param>
/// <param name="Queue">The queue it goes to. Example: "billing".</param>
/// <param name="Priority">low, normal (the default), high, urgent.</param>
/// <param name="Category">Its category. Example: "hardware".</param>
/// <param name="Tags">Its tags. Example: ["printer"].</param>
/// <param name="CustomFields">Fields of your own, by key: anything, or once fields are defined at /v1/custom-fields what is defined there. Example: {"floor":"ground"}.</param>
/// <param name="ExternalRef">What your system calls it; unique within its externalSource. Example: "crm-42".</param>
/// <param name="CreatedBy">Who wrote the opening message: customer (the default), agent or system.</param>
/// <param name="Automated">Whether a machine wrote it: then it starts no response commitment, and is not answered by mail.</param>
/// <param name="Assignee">Who has it: the id of an active agent (GET /v1/agents), or any name of your own that is no id. Example: "anna".</param>
/// <param name="ExternalSource">Which of your systems externalRef is of; needs externalRef. Left out is a source of its own. Example: "crm".</param>
/// <param name="Watchers">Up to 50 e-mail addresses that are sent copies of agents' public messages and of the resolution. Example: ["boss@example.org"].</param>
[Example("""
    { "subject": "Printer on fire", "body": "It burns.", "requester": { "email": "ada@example.org", "name": "Ada", "locale": "tr", "timeZone": "Europe/Istanbul" },
      "channel": "web", "queue": "billing", "priority": "normal" }
    """)]
public sealed record OpenTicketRequest(
    [property: Required, StringLength(500, MinimumLength = 1)] string Subject,
    [property: StringLength(200_000)] string? Body = null,
    RequesterDefinition? Requester = null,
    Guid? RequesterId = null,
    [property: StringLength(50, MinimumLength = 1)] string? Channel = null,
    [property: StringLength(200, MinimumLength = 1)] string? Queue = null,
    Priority Priority = Priority.Normal,
    [property: StringLength(200, MinimumLength = 1)] string? Category = null,
    [property: MaxLength(100)] IReadOnlyList<string>? Tags = null,
    IReadOnlyDictionary<string, JsonElement>? CustomFields = null,
    [property: StringLength(200, MinimumLength = 1)] string? ExternalRef = null,
    Author CreatedBy = Author.Customer,
    bool Automated = false,
    [property: StringLength(200, MinimumLength = 1)] string? Assignee = null,
    [property: StringLength(200, MinimumLength = 1)] string? ExternalSource = null,
    [property: MaxLength(TicketRules.MostWatchers)] IReadOnlyList<string>? Watchers = null)
{
    /// <summary>Where a ticket comes from that does not say.</summary>
    internal const string DefaultChannel = "api";
}

/// <summary>The customer who waits, as the frontend knows her. For one whom the desk knows, only what it does not know yet is taken.</summary>
/// <param name="Email">Where she is written to. Example: "ada@example.org".</param>
/// <param name="Name">What she is called. Example: "Ada".</param>
/// <param name="Locale">The language she reads, BCP 47. Example: "tr".</param>
/// <param name="TimeZone">Her IANA time zone. Example: "Europe/Istanbul".</param>
public sealed record RequesterDefinition(
    [property: StringLength(320)] string? Email = null,
    [property: StringLength(200, MinimumLength = 1)] string? Name = null,
    [property: StringLength(35)] string? Locale = null,
    [property: StringLength(100)] string? TimeZone = null);
