using System.Text.Json;
using HelpDesk.Events;
using HelpDesk.Web.Json;

namespace HelpDesk.Tickets;

/// <summary>What the events of a ticket say.</summary>
internal static class TicketEvents
{
    public static string Created(Ticket ticket) => Json(new
    {
        ticket.Subject, ticket.Status, ticket.Priority, ticket.Channel, ticket.Queue, ticket.CreatedBy, RequesterId = ticket.Requester.Id, ticket.ContinuesId,
    });

    public static string Message(NewMessage message) => Json(new
    {
        MessageId = message.Id, message.Author, message.AuthorId, message.Visibility, message.Automated,
    });

    /// <summary>Which members changed, from what to what.</summary>
    public static string Updated(IReadOnlyDictionary<string, FromTo> changes) => Json(new { changes });

    /// <summary>What opening a ticket did to its customer: made her, or learned what was not known; null for nothing.</summary>
    public static (string Type, string Data)? Customer(Requester? before, Requester after)
    {
        if (before is null) return ("customer.created", Json(new { CustomerId = after.Id }));
        if (before == after) return null;
        return ("customer.updated", Json(new { CustomerId = after.Id, changes = MemberChanges.Between(Learned.Of(before), Learned.Of(after)) }));
    }

    private sealed record Learned(string? Name, string? Locale, string? TimeZone)
    {
        public static Learned Of(Requester requester) => new(requester.Name, requester.Locale, requester.TimeZone);
    }

    private static string Json<T>(T data) => JsonSerializer.Serialize(data, JsonConventions.Options);
}

/// <summary>A member's value before and after.</summary>
internal sealed record FromTo(object? From, object? To);
