using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Calendars;

internal static class ChangeCalendar
{
    /// <summary>Change a calendar</summary>
    /// <remarks>
    /// A merge patch. A change of hours makes a new version: new tickets are counted by it, open tickets keep theirs.
    ///
    /// <c>holidays</c> is the whole list of what is not brought by a feed: of the calendar's own and imported holidays those that are left out go, and what is new in the list becomes the
    /// calendar's own. What a feed brings stays, whether it is in the list or not, and stays the feed's: so the list may be sent back as it was read, with a date more or less. To work on a day
    /// that a feed closes, or to keep one closed whatever it says, give the date in <c>exceptions</c>, which beat every holiday.
    /// </remarks>
    public static async Task<Ok<CalendarResponse>> Handle(
        Guid id, MergePatch<CalendarDefinition> patch, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, RulesNews news, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var edit = await CalendarEdit.Begin(db, id, cancel);
        http.RequireMatch(edit.Calendar.RowVersion);
        var given = await patch.ApplyTo(edit.Before, http);
        CreateCalendar.CheckName(given);
        CalendarReading.Read(given);
        given = given with { Name = given.Name!.Trim() };
        var sources = patch.Mentions("holidays") ? edit.Sources.Given(given.Holidays ?? []) : edit.Sources;
        var (calendar, version) = (edit.Calendar, edit.Calendar.RowVersion);
        var after = edit.Put(given, sources, new(now, caller.Id, http.TraceIdentifier));
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
