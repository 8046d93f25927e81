using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Calendars.Feeds;

internal static class CreateHolidayFeed
{
    private const int Most = 20;

    /// <summary>Make a holiday feed</summary>
    /// <remarks>
    /// An iCalendar feed whose all-day events are holidays of this calendar, as an upload of it would bring them, for as long as it has them. It is read at once, by a job, and then every day
    /// (<c>HolidayFeeds:Every</c>): read it again to see what came of it. A reading that changes its holidays makes a new version of the calendar, as a PATCH does; the calendar's own holidays and
    /// imported ones are never touched. A feed that cannot be read, breaks off, is no feed, is larger than 1 MiB or has suddenly no holidays at all changes nothing: that stands in lastProblem, and
    /// it is tried again. Days that have passed stay holidays, though the feed may not tell them any more. Redirects are not followed. A calendar has 20 feeds at most (409, too-many-holiday-feeds).
    /// </remarks>
    public static async Task<Created<HolidayFeedResponse>> Handle(
        Guid id, HolidayFeedDefinition request, HttpContext http, HelpDeskDb db, HolidayFeedSettings settings, HolidayFeedBell bell, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var feed = new HolidayFeed(id, HolidayFeedRules.Read(request, settings.Guard), now, clock.MachineNow);
        await using var transaction = await db.Begin(cancel);
        await db.Hold("calendars", id, cancel);
        await ReadCalendar.Find(db, id, cancel);
        if (await db.Set<HolidayFeed>().CountAsync(other => other.CalendarId == id, cancel) >= Most) throw Refusal.Conflict("too-many-holiday-feeds", $"A calendar has {Most} holiday feeds at most.");
        db.Add(feed);
        db.Add(Event.Of("holiday_feed.created", now, caller.Id, http.TraceIdentifier, new { holidayFeedId = feed.Id, calendarId = id, changes = FeedChanges.Between(null, feed.Definition) }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        RequestTransaction.AfterCommit(bell.Ring);
        http.SetETag(feed.RowVersion);
        return TypedResults.Created($"/v1/calendars/{id}/holiday-feeds/{feed.Id}", HolidayFeedResponse.Of(feed));
    }
}
