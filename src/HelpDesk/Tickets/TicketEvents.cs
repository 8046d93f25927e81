using HelpDesk.Customers;
using HelpDesk.Deadlines;
using HelpDesk.Events;
using HelpDesk.Web.Json;
using System.Text.Json;

namespace HelpDesk.Tickets;

/// <summary>What the events of a ticket say.</summary>
internal static class TicketEvents
{
    public static string Created(Ticket ticket) => Json(new
    {
        ticket.Subject, ticket.Status, ticket.Priority, ticket.Channel, ticket.Queue, ticket.Category, ticket.Tags, ticket.ExternalRef,
        ticket.ExternalSource, CustomFields = JsonSerializer.Deserialize<JsonElement>(ticket.CustomFields), ticket.Assignee, ticket.CreatedBy, RequesterId = ticket.Requester.Id, ticket.ContinuesId,
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

    /// <summary>A link, as one of its tickets sees it.</summary>
    public static string Link(TicketLink link, long from) => Json(new
    {
        LinkId = link.Id, link.Type, Direction = link.FromId == from ? LinkDirection.Outgoing : LinkDirection.Incoming, TicketId = link.FromId == from ? link.ToId : link.FromId,
    });

    /// <summary>For both tickets of a merge.</summary>
    public static string Merged(Ticket from, Ticket into, TicketStatus before, IReadOnlyList<MovedCommitment> moved) => Json(new
    {
        FromId = from.Id,
        IntoId = into.Id,
        changes = new Dictionary<string, FromTo> { ["status"] = new(before, from.Status), ["mergedIntoId"] = new(null, into.Id) },
        Moved = moved.Select(each => new { CommitmentId = into.Ledger.IdOf(each.NewKind, each.NewCycle), each.Kind, each.Cycle, each.NewKind, each.NewCycle }),
    });

    /// <summary>For both tickets of a split.</summary>
    public static string Split(Ticket from, Ticket into, IReadOnlyList<Guid> messageIds) => Json(new { FromId = from.Id, IntoId = into.Id, messageIds });

    /// <summary>Which members changed, from what to what.</summary>
    public static string Updated(IReadOnlyDictionary<string, FromTo> changes) => Json(new { changes });

    private static string Json<T>(T data) => JsonSerializer.Serialize(data, JsonConventions.Options);
}

/// <summary>A member's value before and after.</summary>
internal sealed record FromTo(object? From, object? To);
