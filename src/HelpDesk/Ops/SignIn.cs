using System.Globalization;
using HelpDesk.Access;
using HelpDesk.Access.Oidc;
using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

/// <summary>A key in exchange for a session. The key is read once and goes nowhere else.</summary>
internal static class SignIn
{
    private const string KeyField = "key";
    private const int LongestKey = 1000;

    public static IResult Show(HttpContext http) => Page(http, StatusCodes.Status200OK, null);

    public static async Task<IResult> Enter(HttpContext http, Doorkeeper door, Sessions sessions, SessionLog log, GuessLimit guesses, CancellationToken cancel)
    {
        OwnForms.MustBeOfThisSite(http.Request);
        var key = (await OwnForms.Read(http.Request, cancel))[KeyField].ToString().Trim();
        var words = OpsWords.Of(PageFrame.Of(http).Language);
        if (guesses.Refuses(http, key) is { } seconds) return TooMany(http, PageFrame.Of(http), seconds);

        if (key.Length is 0 or > LongestKey || await Recognise(door, key, cancel) is not { } caller || sessions.Begin(key) is not { } session)
        {
            if (key.Length > 0) guesses.WasBad(http, key);
            return Page(http, StatusCodes.Status403Forbidden, words.BadKey);
        }

        guesses.WasGood(key);
        if (!OpsDoor.MaySignIn(caller)) return Page(http, StatusCodes.Status403Forbidden, words.NotAdmin);
        await log.Started(caller, session, http, cancel);
        SessionCookie.Set(http, session);
        return new SeeOther(PageFrame.Of(http).Page(OpsDoor.Inside(caller)));
    }

    public static PageAnswer<SignInPage, SignInModel> TooMany(HttpContext http, PageFrame frame, int seconds)
    {
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Page(http, frame, StatusCodes.Status429TooManyRequests, OpsWords.Of(frame.Language).TooManyKeys(seconds), null);
    }

    /// <summary>Keys alone: a token ends by itself, and could not be asked about again.</summary>
    private static async Task<Caller?> Recognise(Doorkeeper door, string key, CancellationToken cancel) => TokenReader.Looks(key) ? null : await door.RecogniseAnew(key, cancel);

    private static PageAnswer<SignInPage, SignInModel> Page(HttpContext http, int status, string? fault) => Page(http, PageFrame.Of(http), status, fault, null);

    /// <param name="issuerFault">Why nothing came of a sign-in at the issuer.</param>
    public static PageAnswer<SignInPage, SignInModel> Page(HttpContext http, PageFrame frame, int status, string? fault, string? issuerFault)
    {
        var hasIssuer = http.RequestServices.GetService<IssuerSignIn>() is not null;
        return new(frame, new(frame.Page("ops/sign-in"), KeyField, fault, hasIssuer ? frame.Page("ops/sign-in/issuer") : null, issuerFault)) { Status = status };
    }
}

/// <param name="Action">Where the form is sent.</param>
/// <param name="Field">What the key is called in it.</param>
/// <param name="Fault">What was amiss with the last one.</param>
/// <param name="Issuer">Where the way to the issuer begins; null where there is none.</param>
/// <param name="IssuerFault">Why nothing came of it.</param>
public sealed record SignInModel(string Action, string Field, string? Fault, string? Issuer = null, string? IssuerFault = null);
