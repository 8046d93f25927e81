using System.Text.Json;
using HelpDesk.Customers;
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

    /// <summary>What the desk learned of a customer by a ticket of hers.</summary>
    public static string Customer(Requester? known, Requester learned) => Json(new
    {
        CustomerId = learned.Id, Changes = MemberChanges.Between(known is null ? null : Definition(known), Definition(learned)),
    });

    private static CustomerDefinition Definition(Requester requester) => new(
        requester.Email, requester.Name, requester.Locale, requester.TimeZone, Emails: requester.Email is { } email ? [email] : [], OrganisationId: requester.OrganisationId);

    public static string Message(NewMessage message) => Json(new
    {
        MessageId = message.Id, message.Author, message.AuthorId, message.Visibility, message.Automated,
    });

    /// <summary>Which members changed, from what to what.</summary>
    public static string Updated(IReadOnlyDictionary<string, FromTo> changes) => Json(new { changes });

    private static string Json<T>(T data) => JsonSerializer.Serialize(data, JsonConventions.Options);
}

/// <summary>A member's value before and after.</summary>
internal sealed record FromTo(object? From, object? To);
