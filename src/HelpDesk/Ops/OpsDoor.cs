using HelpDesk.Access;
using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

/// <summary>Marks what a lead may do, too; the rest is for who may do everything.</summary>
internal sealed record OpenToLeads;

/// <summary>
/// Lets in who is signed in, has not signed out and may do everything, asked anew each time; a lead, where that is open to her, and tells her elsewhere that it is not; sends everybody else to the
/// sign-in.
/// </summary>
internal sealed class OpsDoor(Sessions sessions, EndedSessions ended, Doorkeeper door, CallerLimit limit) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (sessions.Read(SessionCookie.Of(http)) is not { } session || await door.Recognise(session, http.RequestAborted) is not { } caller || !MaySignIn(caller)
            || await ended.Has(session, http.RequestAborted))
        {
            if (SessionCookie.Of(http) is not null) SessionCookie.Clear(http);
            return new SeeOther(PageFrame.Of(http).Page("ops/sign-in"));
        }

        var isOpen = caller.May(Scopes.Admin) || http.GetEndpoint()!.Metadata.GetMetadata<OpenToLeads>() is not null;
        if (isOpen && !HttpMethods.IsGet(http.Request.Method)) await OwnForms.MustBeOf(session, sessions, http.Request, http.RequestAborted);
        http.User = caller.ToPrincipal();
        Caller.Enter(http);
        http.Features.Set(session);
        object? answer = null;
        await limit.Apply(http, async _ => answer = isOpen ? await next(context) : Notice.Closed(http, sessions));
        return answer;
    }

    public static bool MaySignIn(Caller caller) => caller.May(Scopes.Admin) || caller.IsLead;

    /// <summary>Where who has just signed in goes on: from the desk's root.</summary>
    public static string Inside(Caller caller) => caller.May(Scopes.Admin) ? "ops" : JobPages.Address[1..];
}
