using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Calendars.Feeds;

internal static class ChangeHolidayFeed
{
    /// <summary>Change a holiday feed</summary>
    /// <remarks>
    /// A merge patch: null clears a member. Another url is read at once; the holidays of the one before stay until that succeeds. <c>"paused": true</c> stops reading and keeps the holidays;
    /// <c>"paused": false</c> goes on at once.
    /// </remarks>
    public static async Task<Ok<HolidayFeedResponse>> Handle(
        Guid id, Guid feedId, MergePatch<HolidayFeedDefinition> patch, HttpContext http, HelpDeskDb db, HolidayFeedSettings settings, HolidayFeedBell bell, DeskClock clock, Caller caller,
        CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var feed = await Held(db, id, feedId, cancel);
        http.RequireMatch(feed.RowVersion);
        var before = feed.Definition;
        var after = HolidayFeedRules.Read(await patch.ApplyTo(before, http), settings.Guard);
        if (before != after)
        {
            feed.Change(after, now, clock.MachineNow);
            db.Add(Event.Of("holiday_feed.updated", now, caller.Id, http.TraceIdentifier, new { holidayFeedId = feedId, calendarId = id, changes = FeedChanges.Between(before, after) }));
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            RequestTransaction.AfterCommit(bell.Ring);
        }

        http.SetETag(feed.RowVersion);
        return TypedResults.Ok(HolidayFeedResponse.Of(feed));
    }

    /// <summary>Read a holiday feed now</summary>
    /// <remarks>
    /// Has it read at once by a job, and whole, whether it says that it has changed or not. Answers before that is done: read the feed to see what came of it. Refused while it is paused (409,
    /// holiday-feed-paused).
    /// </remarks>
    public static async Task<Accepted<HolidayFeedResponse>> HandleRefresh(
        Guid id, Guid feedId, HttpContext http, HelpDeskDb db, HolidayFeedBell bell, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var feed = await Held(db, id, feedId, cancel);
        if (feed.Paused) throw Refusal.Conflict("holiday-feed-paused", "A feed that is paused is not read. Let it go on: it is read at once then.");
        feed.Ask(clock.MachineNow);
        db.Add(Event.Of("holiday_feed.requested", now, caller.Id, http.TraceIdentifier, new { holidayFeedId = feedId, calendarId = id }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        RequestTransaction.AfterCommit(bell.Ring);
        http.SetETag(feed.RowVersion);
        return TypedResults.Accepted($"/v1/calendars/{id}/holiday-feeds/{feedId}", HolidayFeedResponse.Of(feed));
    }

    /// <summary>Delete a holiday feed</summary>
    /// <remarks>Its holidays go with it, those of days that have passed too, but for those that the calendar also has from elsewhere: where any go, the calendar has a new version.</remarks>
    public static async Task<NoContent> HandleDelete(
        Guid id, Guid feedId, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, RulesNews news, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var edit = await CalendarEdit.Begin(db, id, cancel);
        var feed = await Held(db, id, feedId, cancel);
        http.RequireMatch(feed.RowVersion);
        edit.Put(edit.Before, edit.Sources.Without(feedId), new(now, caller.Id, http.TraceIdentifier));
        db.Remove(feed);
        db.Add(Event.Of("holiday_feed.deleted", now, caller.Id, http.TraceIdentifier, new { holidayFeedId = feedId, calendarId = id, changes = FeedChanges.Between(feed.Definition, null) }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        news.Note();
        return TypedResults.NoContent();
    }

    /// <summary>Its calendar first, as whoever reads it does.</summary>
    private static async Task<HolidayFeed> Held(HelpDeskDb db, Guid calendar, Guid id, CancellationToken cancel)
    {
        await db.Hold("calendars", calendar, cancel);
        await db.Hold("holiday_feeds", id, cancel);
        await ReadCalendar.Find(db, calendar, cancel);
        return await HolidayFeed.Find(db, calendar, id, cancel);
    }
}
