using System.Globalization;
using System.Text.Encodings.Web;
using HelpDesk.Access.Oidc;
using HelpDesk.Web;
using HelpDesk.Web.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace HelpDesk.Access;

/// <summary><c>Authorization: Bearer &lt;key&gt;</c>, and the 401 and 403 that say what is amiss.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Doorkeeper door, GuessLimit guesses, IProblemDetailsService problems)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var key = header[Prefix.Length..].Trim();
        if (guesses.Refuses(Context, key) is { } seconds) return AuthenticateResult.Fail(new TooManyGuesses(seconds));
        if (Context.GetEndpoint()?.Metadata.GetMetadata<OwnKey>() is { } own && own.Is(key))
        {
            guesses.WasGood(key);
            return AuthenticateResult.Success(new(own.Caller.ToPrincipal(), Scheme.Name));
        }
        Recognition found;
        try
        {
            found = await door.Recognise(key, Context.RequestAborted);
        }
        catch (IssuerAwayException away)
        {
            return AuthenticateResult.Fail(away);
        }
        if (found.Caller is { } caller)
        {
            guesses.WasGood(key);
            return AuthenticateResult.Success(new(caller.ToPrincipal(), Scheme.Name));
        }
        if (found.IsGuess) guesses.WasBad(Context, key);
        return AuthenticateResult.Fail(found.Reason!);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure;
        if (failure is TooManyGuesses guesses)
        {
            Response.Headers.RetryAfter = guesses.Seconds.ToString(CultureInfo.InvariantCulture);
            await Refuse(CallerLimit.TooMany($"This address has sent too many keys that are not good. Keys are looked at again in {guesses.Seconds} s."));
            return;
        }
        if (failure is IssuerAwayException)
        {
            await Refuse(new(StatusCodes.Status503ServiceUnavailable, "issuer-away", "Tokens cannot be verified at the moment", failure.Message));
            return;
        }
        Response.Headers.WWWAuthenticate = failure is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        await Refuse(new(StatusCodes.Status401Unauthorized, "unauthorized", "A key is needed", failure?.Message ?? ProblemWords.Detail(StatusCodes.Status401Unauthorized)));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scope = Context.GetEndpoint()?.Metadata.OfType<RequiredScope>().Select(required => required.Scope).FirstOrDefault(scope => Caller.Of(Context.User)?.May(scope) != true);
        return Refuse(new(StatusCodes.Status403Forbidden, "forbidden", "The key may not do this", $"This needs the scope {scope}, which the key does not have."));
    }

    private async Task Refuse(Refusal refusal)
    {
        Response.StatusCode = refusal.Status;
        await problems.WriteAsync(new() { HttpContext = Context, ProblemDetails = ProblemWriter.FromRefusal(refusal) });
    }

    private sealed class TooManyGuesses(int seconds) : Exception
    {
        public int Seconds => seconds;
    }
}
