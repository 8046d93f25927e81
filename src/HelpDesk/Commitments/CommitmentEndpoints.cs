using HelpDesk.Access;
using HelpDesk.Web;

namespace HelpDesk.Commitments;

internal static class CommitmentEndpoints
{
    public static void MapCommitments(this IEndpointRouteBuilder api) =>
        api.MapPost("/policies/rehearsal", Rehearse.Handle).WithName("rehearsePolicy").WithTags("Policies").RequireScope(Scopes.PoliciesRead).WithLargeBody().WithoutIdempotencyKey();
}
