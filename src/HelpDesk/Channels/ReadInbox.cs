using System.Text.Json;
using HelpDesk.Customers;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Channels;

/// <summary>A page of a customer's inbox.</summary>
/// <param name="Items">The messages, the newest first.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> for the next page; null on the last one.</param>
/// <param name="Unread">How many of the whole inbox are unread.</param>
public sealed record InboxPage(IReadOnlyList<InboxMessage> Items, string? NextCursor, int Unread);

/// <summary>A message in a customer's inbox.</summary>
/// <param name="Id">The delivery's id.</param>
/// <param name="TicketId">The ticket it is about.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Locale">The language it is written in.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Text">Its words, as plain text; empty once they are kept no longer (Deliveries:KeepBodies).</param>
/// <param name="Html">The same as HTML, safe to show: whatever people wrote is escaped.</param>
/// <param name="Promises">The promises that it tells of.</param>
/// <param name="PublicUrl">The address of the customer's own page of the ticket.</param>
/// <param name="SentAt">When it came to the inbox.</param>
/// <param name="ReadAt">When it was read; null while it is unread.</param>
public sealed record InboxMessage(
    Guid Id, long? TicketId, MessageKind Kind, string Locale, string Subject, string Text, string Html, IReadOnlyList<MessagePromise> Promises, string? PublicUrl,
    Instant SentAt, Instant? ReadAt);

internal static class ReadInbox
{
    /// <summary>Read a customer's inbox</summary>
    /// <remarks>The newest first. Messages whose time has not come (quiet hours), and those that were withdrawn, are not in it.</remarks>
    /// <param name="unread">true: only those that are unread; false: only those that were read.</param>
    public static async Task<Ok<InboxPage>> Handle(Guid id, Page page, bool? unread, HelpDeskDb db, CancellationToken cancel)
    {
        await MustBeThere(db, id, cancel);
        var all = Of(db, id).AsNoTracking();
        var rows = unread is null ? all : all.Where(row => row.ReadAt == null == unread);
        if (page.After(out Guid last)) rows = rows.Where(row => row.Id < last);
        var found = await rows.OrderByDescending(row => row.Id).Take(page.Take).ToListAsync(cancel);
        var count = await all.CountAsync(row => row.ReadAt == null, cancel);
        var (items, next) = page.Of([.. found.Select(Message)], message => message.Id);
        return TypedResults.Ok(new InboxPage(items, next, count));
    }

    /// <summary>What was hers stays when she is erased, without its words; nobody is shown it.</summary>
    public static async Task MustBeThere(HelpDeskDb db, Guid customer, CancellationToken cancel)
    {
        if (!await db.Set<Customer>().AnyAsync(row => row.Id == customer && row.ErasedAt == null, cancel)) throw await ReadCustomer.Gone(db, customer, StatusCodes.Status404NotFound, cancel);
    }

    /// <summary>What lies in an inbox: of the tickets that the caller sees.</summary>
    public static IQueryable<Delivery.Delivery> Of(HelpDeskDb db, Guid customer) =>
        db.Set<Delivery.Delivery>().Where(row => row.CustomerId == customer && row.Channel == DeliveryChannel.Inbox && row.State == DeliveryState.Sent);

    private static InboxMessage Message(Delivery.Delivery row)
    {
        var data = row.Data is null ? null : JsonSerializer.Deserialize<MessageData>(row.Data, JsonConventions.Options);
        return new(
            row.Id, row.TicketId, row.Kind, row.Locale, row.Subject, row.TextBody, row.HtmlBody, data?.Promises ?? [], data?.PublicUrl, row.SentAt!.Value, row.ReadAt);
    }
}
