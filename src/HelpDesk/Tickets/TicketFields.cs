using HelpDesk.Deadlines;
using HelpDesk.Web.OpenApi;
using Microsoft.Extensions.Validation;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

// ASP0029: the mark is still experimental. It stands only in merge patches, where validation would not find it; a test holds that its rules are enforced.
#pragma warning disable ASP0029

namespace HelpDesk.Tickets;

/// <summary>The members of a ticket that can be changed.</summary>
/// <param name="Subject">What it is about, on one line.</param>
/// <param name="Status">new, open, waiting_on_customer, on_hold, resolved, closed.</param>
/// <param name="Priority">low, normal, high, urgent.</param>
/// <param name="Queue">The queue it lies in.</param>
/// <param name="Category">Its category.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="CustomFields">Fields of your own, by key: anything, or once fields are defined at /v1/custom-fields what is defined there.</param>
/// <param name="ExternalRef">What your system calls it; unique within its externalSource.</param>
/// <param name="Assignee">Who has it: the id of an active agent (GET /v1/agents), or any name of your own that is no id. Example: "anna".</param>
/// <param name="Reason">Why it takes longer; said in what the customer is written.</param>
/// <param name="ExternalSource">Which of your systems externalRef is of; needs externalRef.</param>
/// <param name="Watchers">Up to 50 e-mail addresses that are sent copies of agents' public messages and of the resolution.</param>
[PatchExample("""{ "priority": "high", "assignee": "anna", "reason": "We wait for a spare part." }""")]
[ValidatableType]
public sealed record TicketFields(
    [property: Required, StringLength(500, MinimumLength = 1)] string Subject,
    TicketStatus Status,
    Priority Priority,
    [property: StringLength(200, MinimumLength = 1)] string? Queue = null,
    [property: StringLength(200, MinimumLength = 1)] string? Category = null,
    [property: MaxLength(100)] IReadOnlyList<string>? Tags = null,
    IReadOnlyDictionary<string, JsonElement>? CustomFields = null,
    [property: StringLength(200, MinimumLength = 1)] string? ExternalRef = null,
    [property: StringLength(200, MinimumLength = 1)] string? Assignee = null,
    [property: StringLength(1000, MinimumLength = 1)] string? Reason = null,
    [property: StringLength(200, MinimumLength = 1)] string? ExternalSource = null,
    [property: MaxLength(TicketRules.MostWatchers)] IReadOnlyList<string>? Watchers = null)
{
    internal static TicketFields Of(Ticket ticket) => new(
        ticket.Subject, ticket.Status, ticket.Priority, ticket.Queue, ticket.Category, ticket.Tags,
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(ticket.CustomFields), ticket.ExternalRef, ticket.Assignee, ticket.Reason,
        ticket.ExternalSource, ticket.Watchers);

    /// <summary>All but the status and the priority, which the clocks look at.</summary>
    internal void Into(Ticket ticket)
    {
        ticket.Subject = Subject;
        ticket.Queue = Queue;
        ticket.Category = Category;
        ticket.Tags = [.. Tags ?? []];
        ticket.CustomFields = JsonSerializer.Serialize(CustomFields);
        ticket.ExternalRef = ExternalRef;
        ticket.ExternalSource = ExternalSource;
        ticket.Watchers = Watchers ?? [];
        ticket.Assignee = Assignee;
        ticket.Reason = Reason;
    }

    /// <summary>What differs, by member.</summary>
    internal Dictionary<string, FromTo> ChangesTo(TicketFields after)
    {
        var changes = new Dictionary<string, FromTo>();
        Compare("subject", Subject, after.Subject);
        Compare("status", Status, after.Status);
        Compare("priority", Priority, after.Priority);
        Compare("queue", Queue, after.Queue);
        Compare("category", Category, after.Category);
        if (!(Tags ?? []).SequenceEqual(after.Tags ?? [])) changes["tags"] = new FromTo(Tags, after.Tags);
        if (JsonSerializer.Serialize(CustomFields) != JsonSerializer.Serialize(after.CustomFields)) changes["customFields"] = new FromTo(CustomFields, after.CustomFields);
        Compare("externalRef", ExternalRef, after.ExternalRef);
        Compare("assignee", Assignee, after.Assignee);
        Compare("reason", Reason, after.Reason);
        Compare("externalSource", ExternalSource, after.ExternalSource);
        if (!(Watchers ?? []).SequenceEqual(after.Watchers ?? [])) changes["watchers"] = new FromTo(Watchers, after.Watchers ?? []);
        return changes;

        void Compare<T>(string member, T from, T to)
        {
            if (!EqualityComparer<T>.Default.Equals(from, to)) changes[member] = new FromTo(from, to);
        }
    }
}
