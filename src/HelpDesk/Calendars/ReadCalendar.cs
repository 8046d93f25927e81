using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Calendars;

internal static class ReadCalendar
{
    /// <summary>Read a calendar</summary>
    public static async Task<Ok<CalendarResponse>> Handle(Guid id, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        var (calendar, version) = await Find(db, id, cancel);
        http.SetETag(calendar.RowVersion);
        return TypedResults.Ok(CalendarResponse.Of(calendar, version.Read()));
    }

    public static async Task<(Calendar Calendar, CalendarVersion Version)> Find(HelpDeskDb db, Guid id, CancellationToken cancel)
    {
        var found = await Current(db).FirstOrDefaultAsync(row => row.Calendar.Id == id, cancel) ?? throw Refusal.NotFound("calendar");
        return (found.Calendar, found.Version);
    }

    public static IQueryable<CurrentCalendar> Current(HelpDeskDb db) =>
        from calendar in db.Set<Calendar>()
        where calendar.DeletedAt == null
        join version in db.Set<CalendarVersion>() on new { calendar.Id, calendar.Version } equals new { Id = version.CalendarId, version.Version }
        select new CurrentCalendar { Calendar = calendar, Version = version };

    public sealed class CurrentCalendar
    {
        public required Calendar Calendar { get; init; }

        public required CalendarVersion Version { get; init; }
    }
}
