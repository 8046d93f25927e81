using HelpDesk.Delivery;
using HelpDesk.Time;
using HelpDesk.Web;

namespace HelpDesk.Advisories;

/// <summary>What everybody may know of what affects many.</summary>
/// <param name="Items">The published advisories that hold now, the newest first.</param>
public sealed record PublicAdvisories(IReadOnlyList<PublicAdvisory> Items);

/// <summary>A published advisory in one language.</summary>
/// <param name="Id">Names the advisory.</param>
/// <param name="Title">What it is about. Plain text.</param>
/// <param name="Body">What is to be said of it. Plain text; it may have several lines.</param>
/// <param name="Locale">The language of both. Example: "en".</param>
/// <param name="From">Since when it holds.</param>
/// <param name="Until">When it ceases to hold; null where that is not known.</param>
public sealed record PublicAdvisory(Guid Id, string Title, string Body, string Locale, Instant From, Instant? Until)
{
    internal static PublicAdvisory Of(KnownAdvisory advisory, (string Locale, AdvisoryText Text) told) =>
        new(advisory.Id, told.Text.Title, told.Text.Body, told.Locale, advisory.From, advisory.Until);
}

internal static class ReadPublicAdvisories
{
    /// <summary>Kept by whoever likes, and asked about each time: so nobody shows what holds no more, and asking costs next to nothing.</summary>
    private const string Keeping = "public, no-cache";

    /// <summary>Read the published advisories</summary>
    /// <remarks>
    /// Those that hold now, the newest first, each in the best language it has for the reader. A change is seen at once on the server that took it, and within a second
    /// on every other.
    /// </remarks>
    public static async Task<IResult> Handle(AskedLocales asked, HttpContext http, AdvisoryShelf shelf, Languages languages, DeskClock clock, CancellationToken cancel)
    {
        var active = await shelf.Read(await clock.Now(cancel), cancel);
        var (body, locales) = active.In(asked.Wanted, languages);
        http.Response.Headers.CacheControl = Keeping;
        if (locales.Count > 0) http.Response.Headers.ContentLanguage = string.Join(", ", locales);
        return new Answer(body.For(http));
    }

    private sealed class Answer(KeptCopy body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => body.Write(httpContext.Response, "application/json; charset=utf-8", httpContext.RequestAborted);
    }
}
