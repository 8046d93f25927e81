using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Agents;

internal static class AgentEndpoints
{
    public static void MapAgents(this IEndpointRouteBuilder api)
    {
        var agents = api.MapGroup("/agents").About("Agents", "The people who answer customers, their roles and the queues they work in.");
        agents.MapPost("/", CreateAgent.Handle).RequireScope(Scopes.Admin).TellsETag();
        agents.MapGet("/", ListAgents.Handle).WithFilters(QueryFilter.Of<AgentRole>("role", "Only agents of this role; several are alternatives.")).RequireScope(Scopes.TicketsRead);
        agents.MapGet("/{id:guid}", ReadAgent.Handle).RequireScope(Scopes.TicketsRead).WithETag();
        agents.MapPatch("/{id:guid}", ChangeAgent.Handle).RequireScope(Scopes.Admin).WithETag();
        agents.MapDelete("/{id:guid}", DeleteAgent.Handle).RequireScope(Scopes.Admin).WithETag();
    }
}
