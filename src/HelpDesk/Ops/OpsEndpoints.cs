using HelpDesk.Access;
using HelpDesk.Access.Oidc;
using HelpDesk.Web;
using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

/// <summary>The operators' view: pages for the people who run the desk, behind a sign-in of their own.</summary>
internal static class OpsEndpoints
{
    public static IEndpointConventionBuilder MapOps(this IEndpointRouteBuilder app)
    {
        // An answer that is remembered for a key would hold a session.
        var pages = app.MapGroup(SessionCookie.Path).ServesPages().WithoutIdempotencyKey();
        pages.MapGet("/sign-in", SignIn.Show);
        pages.MapPost("/sign-in", SignIn.Enter);
        if (app.ServiceProvider.GetService<IssuerSignIn>() is not null)
        {
            pages.MapGet("/sign-in/issuer", SignInAtIssuer.Leave).LimitByAddress();
            pages.MapGet("/sign-in/callback", SignInAtIssuer.Return).LimitByAddress();
        }

        var inside = pages.MapGroup("").AddEndpointFilter<RouteGroupBuilder, OpsDoor>();
        inside.MapGet("/", Board.Show);
        inside.MapGet("/{list:regex(^(due|overdue|at-risk)$)}", PromiseList.Show);
        inside.MapGet("/deliveries/{state:regex(^(dead|failed)$)}", DeliveryList.Show);
        inside.MapPost("/deliveries/{id:guid}/retry", RetryFromPage.One);
        inside.MapPost("/deliveries/retry", RetryFromPage.All);
        inside.MapPost("/long-work/{id:guid}/cancellation", CancelWork.Handle);
        inside.MapGet("/sign-out", Notice.SignOut).WithMetadata(new OpenToLeads());
        inside.MapPost("/sign-out", SignOut.Handle).WithMetadata(new OpenToLeads());
        app.MapJobPages().AllowPublic();
        return pages;
    }
}
