using HelpDesk.Access;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.LongWork;

internal static class JobEndpoints
{
    public static void MapLongWork(this IEndpointRouteBuilder api)
    {
        var jobs = api.MapGroup("/jobs").About("Jobs", "Work that takes longer than a request: how far it has come, and how to stop it. And work that comes back by itself: how it goes, a run out of its turn, and a pause.");
        jobs.MapGet("/{id:guid}", ReadJob.Handle).RequireScope(Scopes.PoliciesRead);
        jobs.MapPost("/{id:guid}/cancellation", CancelJob.Handle).RequireScope(Scopes.PoliciesWrite);
    }
}
