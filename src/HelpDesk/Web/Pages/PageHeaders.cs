using Microsoft.Net.Http.Headers;

namespace HelpDesk.Web.Pages;

/// <summary>What every page is sent with: only files of the desk's own, and no script in the page.</summary>
internal static class PageHeaders
{
    public const string ContentType = "text/html; charset=utf-8";

    /// <param name="asksDesk">Whether its script asks the desk for more.</param>
    public static void Set(HttpResponse response, PageLanguage language, string frameAncestors, string cacheControl, bool isListed, bool asksDesk = false)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; {(asksDesk ? "connect-src 'self'; " : "")}form-action 'self'; frame-ancestors {frameAncestors}; base-uri 'none'";
        headers.ContentLanguage = language.Tag;
        headers.CacheControl = cacheControl;
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        if (!isListed) headers["X-Robots-Tag"] = "noindex";
    }
}
