using HelpDesk.Web;
using Microsoft.AspNetCore.Authorization;

namespace HelpDesk.Access;

/// <summary>The scope that an endpoint asks for; also read by the OpenAPI document.</summary>
internal sealed record RequiredScope(string Scope) : IAuthorizationRequirement, ISecuredEndpoint;

/// <summary>Marks an endpoint that needs no key.</summary>
internal sealed record PublicEndpoint;

/// <summary>Marks a public endpoint whose callers without a key are counted by their address.</summary>
internal sealed record LimitedByAddress : ILimitedEndpoint;

internal static class AccessRules
{
    /// <summary>For what is set for the desk as a whole the scope is not enough: whoever is held to queues would decide over those of others.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        Scopes.All.Contains(scope)
            ? (scope == Scopes.PoliciesWrite ? endpoint.AddEndpointFilter(SeesAll) : endpoint).WithMetadata(new RequiredScope(scope)).RequireAuthorization(policy => policy
                .AddAuthenticationSchemes(Caller.Scheme)
                .RequireAuthenticatedUser()
                .AddRequirements(new RequiredScope(scope)))
            : throw new ArgumentException($"There is no scope {scope}.", nameof(scope));

    /// <summary>403 for callers who are held to queues.</summary>
    public static ValueTask<object?> SeesAll(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        Caller.Of(context.HttpContext.User)!.MustSeeAll();
        return next(context);
    }

    public static TBuilder AllowPublic<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new PublicEndpoint());

    /// <summary>For a public endpoint: each address may ask it <c>RateLimits:PublicPerMinute</c> times without a key, with all others marked so.</summary>
    public static TBuilder LimitByAddress<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new LimitedByAddress());
}

internal sealed class RequiredScopeHandler : AuthorizationHandler<RequiredScope>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequiredScope requirement)
    {
        if (Caller.Of(context.User)?.May(requirement.Scope) == true) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
