using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Calendars;

internal static class ListCalendars
{
    /// <summary>List the calendars</summary>
    /// <remarks>Oldest first.</remarks>
    public static async Task<Paged<CalendarResponse>> Handle(Page page, HelpDeskDb db, CancellationToken cancel)
    {
        var rows = ReadCalendar.Current(db).AsNoTracking();
        if (page.After(out Guid last)) rows = rows.Where(row => row.Calendar.Id > last);
        var found = await rows.OrderBy(row => row.Calendar.Id).Take(page.Take).ToListAsync(cancel);
        return page.Of([.. found.Select(row => CalendarResponse.Of(row.Calendar, row.Version.Read()))], calendar => calendar.Id);
    }
}
