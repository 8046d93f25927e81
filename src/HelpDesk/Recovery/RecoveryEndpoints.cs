using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Recovery;

internal static class RecoveryEndpoints
{
    public static void MapRecoveries(this IEndpointRouteBuilder api)
    {
        var recoveries = api.MapGroup("/tickets/{id:long}").About("Recoveries", "What follows a broken promise: the apology, the new date, and how amends are made.");
        recoveries.MapGet("/recoveries", ListRecoveries.Handle).RequireScope(Scopes.TicketsRead);
        recoveries.MapPost("/remedies", OfferRemedy.Handle).RequireScope(Scopes.TicketsWrite).WithETag();
        recoveries.MapGet("/remedies", OfferRemedy.HandleAll).WithName("listRemedies").RequireScope(Scopes.TicketsRead);
    }
}
