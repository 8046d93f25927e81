using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using HelpDesk.Deadlines;
using Microsoft.Extensions.Validation;

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
/// <param name="CustomFields">Fields of your own.</param>
/// <param name="ExternalRef">What your system calls it.</param>
/// <param name="Assignee">The agent who has it.</param>
/// <param name="Reason">Why it takes longer; said in what the customer is written.</param>
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
    [property: StringLength(1000, MinimumLength = 1)] string? Reason = null)
{
    internal static TicketFields Of(Ticket ticket) => new(
        ticket.Subject, ticket.Status, ticket.Priority, ticket.Queue, ticket.Category, ticket.Tags,
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(ticket.CustomFields), ticket.ExternalRef, ticket.Assignee, ticket.Reason);

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
        return changes;

        void Compare<T>(string member, T from, T to)
        {
            if (!EqualityComparer<T>.Default.Equals(from, to)) changes[member] = new FromTo(from, to);
        }
    }
}
