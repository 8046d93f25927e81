using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Channels;

/// <summary>Read marks. To set one that is set, or to take away one that is not, changes nothing.</summary>
internal static class MarkInbox
{
    private const int AtOnce = 1000;

    /// <summary>Mark a message in the inbox as read</summary>
    /// <remarks>The first time counts: one that was read stays read at the instant it was.</remarks>
    public static Task<NoContent> HandleRead(
        Guid id, Guid deliveryId, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel) =>
        Mark(id, deliveryId, isRead: true, http, db, clock, caller, cancel);

    /// <summary>Mark a message in the inbox as unread</summary>
    public static Task<NoContent> HandleUnread(
        Guid id, Guid deliveryId, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel) =>
        Mark(id, deliveryId, isRead: false, http, db, clock, caller, cancel);

    private static async Task<NoContent> Mark(
        Guid id, Guid deliveryId, bool isRead, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        await ReadInbox.MustBeThere(db, id, cancel);
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await db.Hold("deliveries", deliveryId, cancel);
        var found = await ReadInbox.Of(db, id).AsNoTracking().Where(row => row.Id == deliveryId).Select(row => new { row.TicketId, row.ReadAt }).SingleOrDefaultAsync(cancel)
            ?? throw Refusal.NotFound("message in the inbox");
        if (found.ReadAt is null != isRead) return TypedResults.NoContent();
        await Set(ReadInbox.Of(db, id).Where(row => row.Id == deliveryId), isRead ? now : null, cancel);
        db.Add(Event.Of(isRead ? "inbox.read" : "inbox.unread", now, caller.Id, http.TraceIdentifier, new { customerId = id, deliveryIds = new[] { deliveryId } }, found.TicketId));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.NoContent();
    }

    /// <summary>Mark all messages in the inbox as read</summary>
    /// <remarks>Those that the caller sees: of all tickets, or of those in its queues.</remarks>
    public static async Task<NoContent> HandleAll(Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        await ReadInbox.MustBeThere(db, id, cancel);
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        while (true)
        {
            var unread = await ReadInbox.Of(db, id).Where(row => row.ReadAt == null).OrderBy(row => row.Id).Select(row => row.Id).Take(AtOnce).ToListAsync(cancel);
            if (unread.Count == 0) break;
            await Set(ReadInbox.Of(db, id).Where(row => unread.Contains(row.Id) && row.ReadAt == null), now, cancel);
            db.Add(Event.Of("inbox.read", now, caller.Id, http.TraceIdentifier, new { customerId = id, deliveryIds = unread }));
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.NoContent();
    }

    private static Task<int> Set(IQueryable<Delivery.Delivery> rows, Instant? readAt, CancellationToken cancel) =>
        rows.ExecuteUpdateAsync(row => row.SetProperty(delivery => delivery.ReadAt, readAt), cancel);
}
