using HelpDesk.Access;
using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

/// <summary>Lets in who is signed in, has not signed out and may do everything, asked anew each time; sends everybody else to the sign-in.</summary>
internal sealed class OpsDoor(Sessions sessions, EndedSessions ended, Doorkeeper door, CallerLimit limit) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (sessions.Read(SessionCookie.Of(http)) is not { } session || await door.Recognise(session, http.RequestAborted) is not { } caller || !caller.May(Scopes.Admin)
            || await ended.Has(session, http.RequestAborted))
        {
            if (SessionCookie.Of(http) is not null) SessionCookie.Clear(http);
            return new SeeOther(PageFrame.Of(http).Page("ops/sign-in"));
        }

        if (!HttpMethods.IsGet(http.Request.Method)) await OwnForms.MustBeOf(session, sessions, http.Request, http.RequestAborted);
        http.User = caller.ToPrincipal();
        Caller.Enter(http);
        http.Features.Set(session);
        object? answer = null;
        await limit.Apply(http, async _ => answer = await next(context));
        return answer;
    }
}
