using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Calendars.Feeds;

internal static class ListHolidayFeeds
{
    /// <summary>List a calendar's holiday feeds</summary>
    /// <remarks>Oldest first.</remarks>
    public static async Task<Paged<HolidayFeedResponse>> Handle(Guid id, Page page, HelpDeskDb db, CancellationToken cancel)
    {
        await ReadCalendar.Find(db, id, cancel);
        var rows = db.Set<HolidayFeed>().AsNoTracking().Where(feed => feed.CalendarId == id);
        if (page.After(out Guid last)) rows = rows.Where(feed => feed.Id > last);
        var found = await rows.OrderBy(feed => feed.Id).Take(page.Take).ToListAsync(cancel);
        return page.Of([.. found.Select(HolidayFeedResponse.Of)], feed => feed.Id);
    }

    /// <summary>Read a holiday feed</summary>
    /// <remarks>How reading it goes, too: its ETag changes with each reading.</remarks>
    public static async Task<Ok<HolidayFeedResponse>> HandleOne(Guid id, Guid feedId, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        await ReadCalendar.Find(db, id, cancel);
        var feed = await HolidayFeed.Find(db, id, feedId, cancel);
        http.SetETag(feed.RowVersion);
        return TypedResults.Ok(HolidayFeedResponse.Of(feed));
    }
}
