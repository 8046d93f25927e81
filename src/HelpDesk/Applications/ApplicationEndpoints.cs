using HelpDesk.Access;

namespace HelpDesk.Applications;

internal static class ApplicationEndpoints
{
    public static void MapApplications(this IEndpointRouteBuilder api)
    {
        api.MapPost("/policies/{id:guid}/application", AskForApplication.HandlePolicy).WithName("applyPolicy").WithTags("Policies").RequireScope(Scopes.PoliciesWrite).RequireScope(Scopes.TicketsRead);
        api.MapPost("/calendars/{id:guid}/application", AskForApplication.HandleCalendar).WithName("applyCalendar").WithTags("Calendars").RequireScope(Scopes.PoliciesWrite).RequireScope(Scopes.TicketsRead);
    }
}
