using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Tickets;

internal static class TicketEndpoints
{
    public static void MapTickets(this IEndpointRouteBuilder api)
    {
        var tickets = api.MapGroup("/tickets").About("Tickets", "Tickets with their messages, commitments and promises.");
        tickets.MapPost("/", OpenTicket.Handle).RequireScope(Scopes.TicketsWrite).TellsETag();
        tickets.MapGet("/", ListTickets.Handle).RequireScope(Scopes.TicketsRead).WithFilters(TicketFilter.All);
        tickets.MapPost("/bulk", BulkChange.Handle).WithName("changeTickets").RequireScope(Scopes.TicketsWrite);
        tickets.MapGet("/{id:long}", ReadTicket.Handle).RequireScope(Scopes.TicketsRead).WithETag();
        tickets.MapPatch("/{id:long}", ChangeTicket.Handle).RequireScope(Scopes.TicketsWrite).WithETag();
        tickets.MapPost("/{id:long}/messages", PostMessage.Handle).RequireScope(Scopes.TicketsWrite).WithETag();
        tickets.MapGet("/{id:long}/messages", ListMessages.Handle).RequireScope(Scopes.TicketsRead);
        tickets.MapGet("/{id:long}/messages/{messageId:guid}", ListMessages.HandleOne).WithName("readMessage").RequireScope(Scopes.TicketsRead);
        tickets.MapPost("/{id:long}/promises", MakePromise.Handle).RequireScope(Scopes.TicketsWrite).WithETag();
        tickets.MapPut("/{id:long}/promises/{promiseId:guid}/fulfilment", MakePromise.HandleFulfilment).WithName("fulfilPromise").RequireScope(Scopes.TicketsWrite).WithETag();
        tickets.MapPost("/{id:long}/merge", MergeTickets.Handle).RequireScope(Scopes.TicketsWrite).WithETag();
        tickets.MapPost("/{id:long}/split", SplitTicket.Handle).RequireScope(Scopes.TicketsWrite).WithETag();
        tickets.MapPost("/{id:long}/links", LinkTickets.Handle).RequireScope(Scopes.TicketsWrite).WithETag();
        tickets.MapGet("/{id:long}/links", LinkTickets.HandleAll).WithName("listTicketLinks").RequireScope(Scopes.TicketsRead);
        tickets.MapDelete("/{id:long}/links/{linkId:guid}", LinkTickets.HandleDelete).WithName("deleteTicketLink").RequireScope(Scopes.TicketsWrite).WithETag();
        tickets.MapGet("/{id:long}/commitments", ReadTicket.HandleCommitments).RequireScope(Scopes.TicketsRead).WithETag();
        tickets.MapGet("/{id:long}/explanation", ExplainTicket.Handle).WithName("readTicketExplanation").RequireScope(Scopes.TicketsRead);
        tickets.MapGet("/{id:long}/assignments", ListAssignments.Handle).RequireScope(Scopes.TicketsRead);
        tickets.MapPost("/{id:long}/page-link", PageLink.HandleRenewal).WithName("renewPageLink").RequireScope(Scopes.TicketsWrite).WithETag();
        tickets.MapDelete("/{id:long}/page-link", PageLink.HandleRevocation).WithName("revokePageLink").RequireScope(Scopes.TicketsWrite).WithETag();
        tickets.MapGet("/{id:long}/timeline", ReadTimeline.Handle).RequireScope(Scopes.TicketsRead);
    }
}
