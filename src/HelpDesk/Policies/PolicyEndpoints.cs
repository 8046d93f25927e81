using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Policies;

internal static class PolicyEndpoints
{
    public static void MapPolicies(this IEndpointRouteBuilder api)
    {
        var policies = api.MapGroup("/policies").About("Policies", "What the desk publishes: which tickets a policy covers and what it promises them; and the rehearsal of a policy over a scripted history.");
        policies.MapPost("/", CreatePolicy.Handle).RequireScope(Scopes.PoliciesWrite).Needs("NewPolicy", "name", "calendarId").TellsETag();
        policies.MapGet("/", ReadPolicy.HandleAll).WithName("listPolicies").RequireScope(Scopes.PoliciesRead);
        policies.MapPut("/order", PolicyOrder.Handle).WithName("orderPolicies").RequireScope(Scopes.PoliciesWrite);
        policies.MapGet("/{id:guid}", ReadPolicy.Handle).RequireScope(Scopes.PoliciesRead).WithETag();
        policies.MapPatch("/{id:guid}", ChangePolicy.Handle).RequireScope(Scopes.PoliciesWrite).WithETag();
        policies.MapDelete("/{id:guid}", ChangePolicy.HandleDelete).WithName("deletePolicy").RequireScope(Scopes.PoliciesWrite).WithETag();
        policies.MapGet("/{id:guid}/versions", ReadPolicy.HandleVersions).WithName("listPolicyVersions").RequireScope(Scopes.PoliciesRead);
    }
}
