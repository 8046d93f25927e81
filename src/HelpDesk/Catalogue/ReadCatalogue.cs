using HelpDesk.Delivery;
using HelpDesk.Time;
using HelpDesk.Web;

namespace HelpDesk.Catalogue;

internal static class ReadCatalogue
{
    /// <summary>Kept by whoever likes, and asked about each time: so nobody shows what holds no more, and asking costs next to nothing.</summary>
    private const string Keeping = "public, no-cache";

    /// <summary>Read what is promised</summary>
    /// <remarks>
    /// The published policies in the order they are tried, their terms and hours in sentences of the language asked for, and beside them what machines read.
    /// What is promised is the target with its cushion. A change is seen at once on the server that took it, and within a second on every other.
    /// </remarks>
    public static async Task<IResult> Handle(AskedLanguage asked, HttpContext http, CatalogueShelf shelf, DeskClock clock, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var body = (await shelf.Read(cancel)).Catalogue(asked.Language, now).Body.For(http);
        http.Response.Headers.CacheControl = Keeping;
        return new Answer(body);
    }

    private sealed class Answer(KeptCopy body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => body.Write(httpContext.Response, "application/json; charset=utf-8", httpContext.RequestAborted);
    }
}
