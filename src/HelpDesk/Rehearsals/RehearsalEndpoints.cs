using HelpDesk.Access;
using HelpDesk.Web;

namespace HelpDesk.Rehearsals;

internal static class RehearsalEndpoints
{
    public static void MapRehearsals(this IEndpointRouteBuilder api) =>
        api.MapPost("/policies/rehearsal", RehearsePolicy.Handle).WithName("rehearsePolicy").WithTags("Policies").RequireScope(Scopes.PoliciesRead).WithLargeBody().WithoutIdempotencyKey();
}
