using System.Text.Json;
using HelpDesk.Deadlines;
using HelpDesk.Events;
using HelpDesk.Web.Json;

namespace HelpDesk.Imports;

/// <summary>
/// What the log says of a ticket that was imported: as it was when it was made, and what happened to it, but for the words. From this its history is exported again and tried under
/// other policies.
/// </summary>
internal sealed record ImportedEvent(
    Guid JobId, long Line, string? ExternalSource, string ExternalRef, Guid RequesterId, Author CreatedBy, TicketStatus Status, Priority Priority, string? Queue, string? Category,
    string? Assignee, IReadOnlyList<string> Tags, IReadOnlyList<LoggedEntry> History);

/// <summary>An entry of a history; a message by its id.</summary>
[OmitNulls]
internal sealed record LoggedEntry(
    Instant At, HistoryType Type, Guid? MessageId = null, Author? Author = null, Visibility? Visibility = null, bool? Automated = null, TicketStatus? To = null, HistoryChanges? Changes = null);

internal static class ImportEvents
{
    public static NewEvent Imported(PlayedTicket played, ChunkOrder order)
    {
        var (given, ticket) = (played.Line.Ticket!, played.Ticket);
        var history = given.History!.Select((entry, index) => entry.Type == HistoryType.Message
            ? new LoggedEntry(entry.At, entry.Type, played.MessageIds[index], entry.Author, entry.Visibility ?? Visibility.Public, entry.Automated is true ? true : null)
            : new LoggedEntry(entry.At, entry.Type, To: entry.To, Changes: entry.Changes));
        var data = new ImportedEvent(
            order.Job, played.Line.Line, ticket.ExternalSource, ticket.ExternalRef!, ticket.Requester.Id, given.CreatedBy, given.Status, given.Priority, given.Queue, given.Category,
            given.Assignee, given.Tags!, [.. history]);
        return new NewEvent("ticket.imported", order.Now, order.Actor, order.RequestId, JsonSerializer.Serialize(data, JsonConventions.Options), ticket.Id);
    }
}
