using System.Text.Encodings.Web;
using HelpDesk.Web;
using HelpDesk.Web.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace HelpDesk.Access;

/// <summary><c>Authorization: Bearer &lt;key&gt;</c>, and the 401 and 403 that say what is amiss.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, KeyRing keys, IProblemDetailsService problems)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var caller = await keys.Find(header[Prefix.Length..].Trim(), Context.RequestAborted);
        return caller is null
            ? AuthenticateResult.Fail("The key is unknown, revoked or expired.")
            : AuthenticateResult.Success(new(caller.ToPrincipal(), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure;
        Response.Headers.WWWAuthenticate = failure is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        await Refuse(StatusCodes.Status401Unauthorized, "unauthorized", "A key is needed", failure?.Message ?? ProblemWords.Detail(StatusCodes.Status401Unauthorized));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scope;
        return Refuse(StatusCodes.Status403Forbidden, "forbidden", "The key may not do this", $"This needs the scope {scope}, which the key does not have.");
    }

    private async Task Refuse(int status, string code, string title, string detail)
    {
        Response.StatusCode = status;
        await problems.WriteAsync(new() { HttpContext = Context, ProblemDetails = ProblemWriter.FromRefusal(new Refusal(status, code, title, detail)) });
    }
}
