using HelpDesk.Access;
using HelpDesk.Access.Oidc;
using HelpDesk.Tickets;
using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

/// <summary>
/// An account at the issuer in exchange for a session. The way there is a link and no form, so that the pages' policy on forms stays closed. Nothing that the browser brings decides where it is
/// led in the end: that hangs on who she is.
/// </summary>
internal static partial class SignInAtIssuer
{
    private const string Callback = "ops/sign-in/callback";
    private const string CookiePath = "/ops/sign-in";
    private const string CookieName = "helpdesk-sign-in";

    public static async Task<IResult> Leave(HttpContext http, SignInAttempts attempts, IssuerSignIn issuer, DeskSettings settings, CancellationToken cancel)
    {
        var frame = PageFrame.Of(http);
        var attempt = attempts.Begin(frame.IsChosen ? frame.Language.Tag : null);
        try
        {
            var address = await issuer.Address(attempt, CallbackOf(settings), cancel);
            // Lax: it has to come along when the issuer sends the browser back.
            http.Response.Cookies.Append(CookieName, attempt.Text, SessionCookie.Options(http, CookiePath, SameSiteMode.Lax, attempt.ExpiresAt));
            return new SeeOther(address);
        }
        catch (IssuerAwayException)
        {
            return Away(http, frame);
        }
    }

    public static async Task<IResult> Return(
        HttpContext http, SignInAttempts attempts, IssuerSignIn issuer, DeskSettings settings, SessionLog log, GuessLimit guesses, ILoggerFactory loggers, CancellationToken cancel)
    {
        var query = http.Request.Query;
        var attempt = attempts.Read(http.Request.Cookies[CookieName]);
        var frame = PageFrame.Of(http, attempt?.Language);
        var words = OpsWords.Of(frame.Language);
        if (attempt?.HasState(query["state"]) != true) return Problem(http, frame, StatusCodes.Status400BadRequest, words.Issuer.Unknown);
        // It is good for one way back.
        http.Response.Cookies.Delete(CookieName, SessionCookie.Options(http, CookiePath, SameSiteMode.Lax, null));
        if (guesses.Refuses(http, attempt.State) is { } seconds) return SignIn.TooMany(http, frame, seconds);
        if (query["error"].ToString() is { Length: > 0 } error)
        {
            LogNothing(loggers.CreateLogger(typeof(SignInAtIssuer)), $"it answered {Word(error)}.");
            return Problem(http, frame, StatusCodes.Status403Forbidden, words.Issuer.Denied);
        }

        try
        {
            var found = await issuer.Finish(attempt, query["code"], query.TryGetValue("iss", out var from) ? from.ToString() : null, CallbackOf(settings), cancel);
            if (found.Caller is not { } caller)
            {
                guesses.WasBad(http, attempt.State);
                LogNothing(loggers.CreateLogger(typeof(SignInAtIssuer)), found.Reason!);
                return Problem(http, frame, StatusCodes.Status403Forbidden, words.Issuer.Refused);
            }

            if (found.Session is not { } session) return Problem(http, frame, StatusCodes.Status403Forbidden, words.Issuer.NotAdmin);
            await log.Started(caller, session, http, cancel);
            SessionCookie.Set(http, session);
            // A browser that the issuer has sent here does not show a strict cookie yet, wherever it is sent on to. It does on a way that begins at this page.
            var next = frame.Up + OpsDoor.Inside(caller) + (attempt.Language is { } tag ? $"?lang={tag}" : "");
            http.Response.Headers["Refresh"] = $"0; url={next}";
            return new PageAnswer<SignedInPage, SignedInModel>(frame, new(next, caller.May(Scopes.Admin)));
        }
        catch (IssuerAwayException)
        {
            return Away(http, frame);
        }
    }

    /// <summary>As it is registered at the issuer: never made of what a request says.</summary>
    private static string CallbackOf(DeskSettings settings) => $"{settings.PublicUrl}/{Callback}";

    private static PageAnswer<SignInPage, SignInModel> Away(HttpContext http, PageFrame frame)
    {
        http.Response.Headers.RetryAfter = "5";
        return Problem(http, frame, StatusCodes.Status503ServiceUnavailable, OpsWords.Of(frame.Language).Issuer.Away);
    }

    private static PageAnswer<SignInPage, SignInModel> Problem(HttpContext http, PageFrame frame, int status, string fault) => SignIn.Page(http, frame, status, null, fault);

    /// <summary>A code of the standard's, as it may be logged. Anybody can write anything there.</summary>
    private static string Word(string error) => error.Length <= 60 && error.All(letter => char.IsAsciiLetter(letter) || letter == '_') ? error : "with an error";

    [LoggerMessage(1301, LogLevel.Warning, "Nobody was signed in at the issuer: {Reason}")]
    private static partial void LogNothing(ILogger log, string reason);
}

/// <param name="Next">Where to go on.</param>
/// <param name="ToBoard">Whether that is the overview; else the jobs.</param>
public sealed record SignedInModel(string Next, bool ToBoard);
