using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

internal static class SignOut
{
    public static IResult Handle(HttpContext http)
    {
        SessionCookie.Clear(http);
        return new SeeOther(PageFrame.Of(http).Page("ops/sign-in"));
    }
}
