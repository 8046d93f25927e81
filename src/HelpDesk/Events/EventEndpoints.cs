using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Events;

internal static class EventEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").About("Audit", "Who did what, when, and what changed. For the administrators of the desk.");
        audit.MapGet("/", ListAudit.Handle).WithFilters(ListAudit.Filters).RequireScope(Scopes.Admin);
    }
}
