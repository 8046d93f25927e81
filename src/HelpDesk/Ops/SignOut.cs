using HelpDesk.Access;
using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

internal static class SignOut
{
    public static async Task<IResult> Handle(HttpContext http, SessionLog log, CancellationToken cancel)
    {
        await log.End(Caller.Of(http.User)!, http.Features.Get<Session>()!, http, cancel);
        SessionCookie.Clear(http);
        return new SeeOther(PageFrame.Of(http).Page("ops/sign-in"));
    }
}
