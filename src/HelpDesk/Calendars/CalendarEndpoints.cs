using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Calendars;

internal static class CalendarEndpoints
{
    public static void MapCalendars(this IEndpointRouteBuilder api)
    {
        var calendars = api.MapGroup("/calendars").About("Calendars", "Working hours, holidays and exceptions, and the calculator that counts in them.");
        calendars.MapPost("/", CreateCalendar.Handle).RequireScope(Scopes.PoliciesWrite);
        calendars.MapGet("/", ListCalendars.Handle).RequireScope(Scopes.PoliciesRead);
        calendars.MapGet("/{id:guid}", ReadCalendar.Handle).RequireScope(Scopes.PoliciesRead).WithETag();
        calendars.MapPatch("/{id:guid}", ChangeCalendar.Handle).RequireScope(Scopes.PoliciesWrite).WithETag();
        calendars.MapDelete("/{id:guid}", DeleteCalendar.Handle).RequireScope(Scopes.PoliciesWrite).WithETag();
        calendars.MapPost("/{id:guid}/holidays", ImportHolidays.Handle).RequireScope(Scopes.PoliciesWrite).WithETag().Accepts<string>("text/calendar");
        calendars.MapPost("/{id:guid}/deadline", ComputeDeadline.HandleStored).WithName("computeDeadlineInCalendar").RequireScope(Scopes.PoliciesRead).WithLargeBody().WithoutIdempotencyKey();
        calendars.MapPost("/{id:guid}/elapsed", ComputeElapsed.HandleStored).WithName("computeElapsedInCalendar").RequireScope(Scopes.PoliciesRead).WithLargeBody().WithoutIdempotencyKey();
        calendars.MapPost("/deadline", ComputeDeadline.HandleGiven).WithName("computeDeadline").RequireScope(Scopes.PoliciesRead).WithLargeBody().WithoutIdempotencyKey();
        calendars.MapPost("/elapsed", ComputeElapsed.HandleGiven).WithName("computeElapsed").RequireScope(Scopes.PoliciesRead).WithLargeBody().WithoutIdempotencyKey();
    }
}
