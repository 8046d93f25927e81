using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Calendars;

internal static class ForgetImported
{
    /// <summary>Remove imported holidays</summary>
    /// <remarks>
    /// All that uploads of iCalendar feeds have brought and that is not the calendar's own; what a holiday feed brings too stays. Makes a new version of the calendar, unless nothing goes.
    /// Those imported by a version of the desk that did not yet tell them apart count as the calendar's own.
    /// </remarks>
    public static async Task<Ok<CalendarResponse>> Handle(Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, RulesNews news, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var edit = await CalendarEdit.Begin(db, id, cancel);
        var (calendar, version) = (edit.Calendar, edit.Calendar.RowVersion);
        http.RequireMatch(version);
        var after = edit.Put(edit.Before, edit.Sources with { Imported = [] }, new(now, caller.Id, http.TraceIdentifier));
        if (calendar.RowVersion != version)
        {
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            news.Note();
        }

        http.SetETag(calendar.RowVersion);
        return TypedResults.Ok(CalendarResponse.Of(calendar, after));
    }
}
