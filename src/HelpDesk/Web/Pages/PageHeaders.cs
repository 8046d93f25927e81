using Microsoft.Net.Http.Headers;

namespace HelpDesk.Web.Pages;

/// <summary>What every page is sent with: only files of the desk's own, and no script in the page.</summary>
internal static class PageHeaders
{
    public const string ContentType = "text/html; charset=utf-8";

    public static void Set(HttpResponse response, PageLanguage language, string frameAncestors, string cacheControl, bool isListed)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors {frameAncestors}; base-uri 'none'";
        headers.ContentLanguage = language.Tag;
        headers.CacheControl = cacheControl;
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        if (!isListed) headers["X-Robots-Tag"] = "noindex";
    }
}
