using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Queues;

internal static class QueueEndpoints
{
    public static void MapQueues(this IEndpointRouteBuilder api)
    {
        var queues = api.MapGroup("/queues").About("Queues", "Where tickets wait, and who leads there. A queue that tickets name need not be registered, unless Tickets:KnownQueuesOnly is set.");
        queues.MapPost("/", CreateQueue.Handle).RequireScope(Scopes.Admin).TellsETag();
        queues.MapGet("/", ListQueues.Handle).RequireScope(Scopes.TicketsRead);
        queues.MapGet("/{id:guid}", ReadQueue.Handle).RequireScope(Scopes.TicketsRead).WithETag();
        queues.MapPatch("/{id:guid}", ChangeQueue.Handle).RequireScope(Scopes.Admin).WithETag();
        queues.MapDelete("/{id:guid}", DeleteQueue.Handle).RequireScope(Scopes.Admin).WithETag();
    }
}
