using HelpDesk.Access;
using HelpDesk.Web;

namespace HelpDesk.Ops;

/// <summary>Whether a form that was sent is one of these pages', filled in by who is signed in.</summary>
internal static class OwnForms
{
    public const string TokenField = "token";

    /// <summary>Of a browser that says where a form was sent from. These pages send no referrer, so that their own forms come with the origin "null": that tells nothing.</summary>
    public static void MustBeOfThisSite(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0 && site != "same-origin") throw NotOwn();
        var origin = request.Headers.Origin.ToString();
        if (site.Length > 0 || origin is "" or "null") return;
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || !string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)) throw NotOwn();
    }

    public static async Task<IFormCollection> Read(HttpRequest request, CancellationToken cancel) =>
        request.HasFormContentType ? await request.ReadFormAsync(cancel) : throw NotOwn();

    public static async Task MustBeOf(Session session, Sessions sessions, HttpRequest request, CancellationToken cancel)
    {
        MustBeOfThisSite(request);
        var token = request.Headers[FormHeader.Name] is [{ Length: > 0 } header] ? header : (await Read(request, cancel))[TokenField].ToString();
        if (!sessions.IsFormOf(session, token)) throw NotOwn();
    }

    private static Refusal NotOwn() => new(StatusCodes.Status403Forbidden, "forbidden", "Not a form of the desk's", "The form was not sent from the desk's own page. Load the page again.");
}
