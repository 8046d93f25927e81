using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Tickets;

internal static class TicketEndpoints
{
    public static void MapTickets(this IEndpointRouteBuilder api)
    {
        var tickets = api.MapGroup("/tickets").About("Tickets", "Tickets with their messages, commitments and promises.");
        tickets.MapPost("/", OpenTicket.Handle).RequireScope(Scopes.TicketsWrite);
        tickets.MapGet("/", ListTickets.Handle).RequireScope(Scopes.TicketsRead).WithFilters(TicketFilter.All);
        tickets.MapGet("/{id:long}", ReadTicket.Handle).RequireScope(Scopes.TicketsRead).WithETag();
        tickets.MapPatch("/{id:long}", ChangeTicket.Handle).RequireScope(Scopes.TicketsWrite).WithETag();
        tickets.MapPost("/{id:long}/messages", PostMessage.Handle).RequireScope(Scopes.TicketsWrite);
        tickets.MapGet("/{id:long}/messages", ListMessages.Handle).RequireScope(Scopes.TicketsRead);
        tickets.MapGet("/{id:long}/messages/{messageId:guid}", ListMessages.HandleOne).RequireScope(Scopes.TicketsRead);
        tickets.MapPost("/{id:long}/promises", MakePromise.Handle).RequireScope(Scopes.TicketsWrite);
        tickets.MapPut("/{id:long}/promises/{promiseId:guid}/fulfilment", MakePromise.HandleFulfilment).RequireScope(Scopes.TicketsWrite);
        tickets.MapGet("/{id:long}/commitments", ReadTicket.HandleCommitments).RequireScope(Scopes.TicketsRead);
        tickets.MapGet("/{id:long}/explanation", ReadTicket.HandleExplanation).RequireScope(Scopes.TicketsRead);
        tickets.MapGet("/{id:long}/timeline", ReadTimeline.Handle).RequireScope(Scopes.TicketsRead);
    }
}
