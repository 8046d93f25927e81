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

    private static string Json<T>(T data) => JsonSerializer.Serialize(data, JsonConventions.Options);
}
