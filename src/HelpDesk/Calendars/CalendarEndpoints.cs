using HelpDesk.Access;
using HelpDesk.Calendars.Feeds;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Calendars;

internal static class CalendarEndpoints
{
    public static void MapCalendars(this IEndpointRouteBuilder api)
    {
        var calendars = api.MapGroup("/calendars").About("Calendars", "Working hours, holidays and exceptions, and the calculator that counts in them.");
        calendars.MapPost("/", CreateCalendar.Handle).RequireScope(Scopes.PoliciesWrite).Needs("NewCalendar", "name").TellsETag();
        calendars.MapGet("/", ListCalendars.Handle).RequireScope(Scopes.PoliciesRead);
        calendars.MapGet("/{id:guid}", ReadCalendar.Handle).RequireScope(Scopes.PoliciesRead).WithETag();
        calendars.MapPatch("/{id:guid}", ChangeCalendar.Handle).RequireScope(Scopes.PoliciesWrite).WithETag();
        calendars.MapDelete("/{id:guid}", DeleteCalendar.Handle).RequireScope(Scopes.PoliciesWrite).WithETag();
        calendars.MapPost("/{id:guid}/holidays", ImportHolidays.Handle).RequireScope(Scopes.PoliciesWrite).WithETag().Accepts<string>("text/calendar");
        calendars.MapGet("/{id:guid}/holidays", ListHolidays.Handle).RequireScope(Scopes.PoliciesRead);
        calendars.MapDelete("/{id:guid}/holidays/imported", ForgetImported.Handle).RequireScope(Scopes.PoliciesWrite).WithETag();
        calendars.MapPost("/{id:guid}/holiday-feeds", CreateHolidayFeed.Handle).RequireScope(Scopes.PoliciesWrite).TellsETag();
        calendars.MapGet("/{id:guid}/holiday-feeds", ListHolidayFeeds.Handle).RequireScope(Scopes.PoliciesRead);
        calendars.MapGet("/{id:guid}/holiday-feeds/{feedId:guid}", ListHolidayFeeds.HandleOne).WithName("readHolidayFeed").RequireScope(Scopes.PoliciesRead).WithETag();
        calendars.MapPatch("/{id:guid}/holiday-feeds/{feedId:guid}", ChangeHolidayFeed.Handle).RequireScope(Scopes.PoliciesWrite).WithETag();
        calendars.MapDelete("/{id:guid}/holiday-feeds/{feedId:guid}", ChangeHolidayFeed.HandleDelete).WithName("deleteHolidayFeed").RequireScope(Scopes.PoliciesWrite).WithETag();
        calendars.MapPost("/{id:guid}/holiday-feeds/{feedId:guid}/refresh", ChangeHolidayFeed.HandleRefresh).WithName("refreshHolidayFeed").RequireScope(Scopes.PoliciesWrite).TellsETag();
        calendars.MapPost("/{id:guid}/deadline", ComputeDeadline.HandleStored).WithName("computeDeadlineInCalendar").RequireScope(Scopes.PoliciesRead).WithLargeBody().WithoutIdempotencyKey();
        calendars.MapPost("/{id:guid}/elapsed", ComputeElapsed.HandleStored).WithName("computeElapsedInCalendar").RequireScope(Scopes.PoliciesRead).WithLargeBody().WithoutIdempotencyKey();
        calendars.MapPost("/deadline", ComputeDeadline.HandleGiven).WithName("computeDeadline").RequireScope(Scopes.PoliciesRead).WithLargeBody().WithoutIdempotencyKey();
        calendars.MapPost("/elapsed", ComputeElapsed.HandleGiven).WithName("computeElapsed").RequireScope(Scopes.PoliciesRead).WithLargeBody().WithoutIdempotencyKey();
    }
}
