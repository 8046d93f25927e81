using HelpDesk.Access;
using Microsoft.AspNetCore.Antiforgery;

namespace HelpDesk.Jobs.Engine;

/// <summary>Gives the dashboard's pages the mark that forms of the session carry. ASP.NET Core's own would bring data protection along, whose keys lie on each server's disk.</summary>
internal sealed class SessionAntiforgery(Sessions sessions) : IAntiforgery
{
    public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext) => GetTokens(httpContext);

    public AntiforgeryTokenSet GetTokens(HttpContext httpContext) =>
        new(httpContext.Features.Get<Session>() is { } session ? sessions.FormToken(session) : null, null, "token", FormHeader.Name);

    public Task<bool> IsRequestValidAsync(HttpContext httpContext) => Task.FromResult(
        HttpMethods.IsGet(httpContext.Request.Method)
        || (httpContext.Features.Get<Session>() is { } session && sessions.IsFormOf(session, httpContext.Request.Headers[FormHeader.Name])));

    public async Task ValidateRequestAsync(HttpContext httpContext)
    {
        if (!await IsRequestValidAsync(httpContext)) throw new AntiforgeryValidationException("Not a form of this session's.");
    }

    public void SetCookieTokenAndHeader(HttpContext httpContext)
    {
    }
}
