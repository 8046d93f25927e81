using HelpDesk.Web.Pages;

namespace HelpDesk.PromisePages;

internal static class ShowPromises
{
    public static Task<IResult> Page(HttpContext http, PromisePageShelf shelf, CancellationToken cancel) => Show(http, shelf, isEmbedded: false, "'none'", cancel);

    public static Task<IResult> Embed(HttpContext http, PromisePageShelf shelf, PromisePageOptions options, CancellationToken cancel) =>
        Show(http, shelf, isEmbedded: true, options.FrameAncestors, cancel);

    private static async Task<IResult> Show(HttpContext http, PromisePageShelf shelf, bool isEmbedded, string ancestors, CancellationToken cancel)
    {
        var frame = PageFrame.Of(http);
        var page = await shelf.Read(PromiseAsk.Of(http.Request, frame, isEmbedded), frame, cancel);
        return new KeptPageAnswer(frame.Language, page) { FrameAncestors = ancestors, IsListed = !isEmbedded };
    }
}
