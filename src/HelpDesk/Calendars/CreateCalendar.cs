using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Calendars;

internal static class CreateCalendar
{
    /// <summary>Make a calendar</summary>
    public static async Task<Created<CalendarResponse>> Handle(
        CalendarDefinition request, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        CheckName(request);
        CalendarReading.ReadForUse(request, now);
        var calendar = new Calendar(request.Name!.Trim(), now);
        calendar.Take(new(request.Holidays ?? [], [], []));
        db.Add(calendar);
        db.Add(calendar.FirstVersion(request));
        db.Add(Event.Of("calendar.created", now, caller.Id, http.TraceIdentifier, new { calendarId = calendar.Id, changes = MemberChanges.Between(null, request) }));
        await db.SaveChangesAsync(cancel);
        http.SetETag(calendar.RowVersion);
        return TypedResults.Created($"/v1/calendars/{calendar.Id}", CalendarResponse.Of(calendar, request));
    }

    public static void CheckName(CalendarDefinition request)
    {
        if (string.IsNullOrWhiteSpace(request.Name)) throw Refusal.Invalid("name", "is required");
    }
}
