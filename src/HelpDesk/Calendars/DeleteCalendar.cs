using HelpDesk.Access;
using HelpDesk.Calendars.Feeds;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Calendars;

internal static class DeleteCalendar
{
    /// <summary>Delete a calendar</summary>
    /// <remarks>Refused (409) while a policy counts by it. Open tickets that were promised by it keep their version. Its holiday feeds go with it.</remarks>
    public static async Task<NoContent> Handle(Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await db.Hold("calendars", id, cancel);
        var (calendar, _) = await ReadCalendar.Find(db, id, cancel);
        http.RequireMatch(calendar.RowVersion);
        if (await IsUsed(db, id, cancel)) throw Refusal.Conflict("calendar-in-use", "A policy counts by this calendar. Give it another one first.");
        calendar.Delete(now);
        await db.Set<HolidayFeed>().Where(feed => feed.CalendarId == id).ExecuteDeleteAsync(cancel);
        db.Add(Event.Of("calendar.deleted", now, caller.Id, http.TraceIdentifier, new { calendarId = id, calendar.Name }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.NoContent();
    }

    private static Task<bool> IsUsed(HelpDeskDb db, Guid id, CancellationToken cancel) => db.Database
        .SqlQuery<bool>($"""
            select exists (
                select from policies p join policy_versions v on v.policy_id = p.id and v.version = p.version
                where p.deleted_at is null and v.calendar_id = {id}) as "Value"
            """)
        .SingleAsync(cancel);
}
