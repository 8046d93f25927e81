using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Calendars;

internal static class ChangeCalendar
{
    /// <summary>Change a calendar</summary>
    /// <remarks>A merge patch. A change of hours makes a new version: new tickets are counted by it, open tickets keep theirs.</remarks>
    public static async Task<Ok<CalendarResponse>> Handle(
        Guid id, MergePatch<CalendarDefinition> patch, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, RulesNews news, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await db.Hold("calendars", id, cancel);
        var (calendar, version) = await ReadCalendar.Find(db, id, cancel);
        http.RequireMatch(calendar.RowVersion);
        var before = version.Read() with { Name = calendar.Name };
        var after = await patch.ApplyTo(before, http);
        CreateCalendar.CheckName(after);
        CalendarReading.ReadForUse(after, now);
        after = after with { Name = after.Name!.Trim() };
        var changes = MemberChanges.Between(before, after);
        if (changes.Count > 0)
        {
            if (calendar.Change(before, after, now) is { } next) db.Add(next);
            db.Add(Event.Of("calendar.updated", now, caller.Id, http.TraceIdentifier, new { calendarId = id, calendar.Version, changes }));
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            news.Note();
        }
        http.SetETag(calendar.RowVersion);
        return TypedResults.Ok(CalendarResponse.Of(calendar, after));
    }
}
