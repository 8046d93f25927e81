using HelpDesk.Web;
using Microsoft.AspNetCore.Authorization;

namespace HelpDesk.Access;

/// <summary>The scope that an endpoint asks for; also read by the OpenAPI document.</summary>
internal sealed record RequiredScope(string Scope) : IAuthorizationRequirement, ISecuredEndpoint;

/// <summary>Marks an endpoint that needs no key.</summary>
internal sealed record PublicEndpoint;

internal static class AccessRules
{
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        Scopes.All.Contains(scope)
            ? endpoint.WithMetadata(new RequiredScope(scope)).RequireAuthorization(policy => policy
                .AddAuthenticationSchemes(Caller.Scheme)
                .RequireAuthenticatedUser()
                .AddRequirements(new RequiredScope(scope)))
            : throw new ArgumentException($"There is no scope {scope}.", nameof(scope));

    public static TBuilder AllowPublic<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new PublicEndpoint());
}

internal sealed class RequiredScopeHandler : AuthorizationHandler<RequiredScope>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequiredScope requirement)
    {
        if (Caller.Of(context.User)?.May(requirement.Scope) == true) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
