using HelpDesk.Access;
using HelpDesk.Tickets;

namespace HelpDesk.Ops;

/// <summary>The session in the browser: no script reads it, no other site sends it, and it goes to these pages alone, and those of the jobs.</summary>
internal static class SessionCookie
{
    public const string Path = "/ops";
    public const string Name = "helpdesk-ops";

    /// <summary>The jobs' pages lie beside these.</summary>
    private static readonly string[] Paths = [JobPages.Address, Path];

    public static string? Of(HttpContext http) => http.Request.Cookies[Name];

    public static void Set(HttpContext http, Session session)
    {
        foreach (var path in Paths) http.Response.Cookies.Append(Name, session.Text, Options(http, path, SameSiteMode.Strict, session.ExpiresAt));
    }

    public static void Clear(HttpContext http)
    {
        foreach (var path in Paths) http.Response.Cookies.Delete(Name, Options(http, path, SameSiteMode.Strict, null));
    }

    /// <summary>For one of these pages and those under it.</summary>
    public static CookieOptions Options(HttpContext http, string path, SameSiteMode site, Instant? until) => new()
    {
        Path = http.Request.PathBase + path,
        HttpOnly = true,
        SameSite = site,
        Secure = http.Request.IsHttps || IsSecureOutside(http),
        Expires = until?.ToDateTimeOffset(),
        IsEssential = true,
    };

    /// <summary>Behind a proxy that ends TLS the desk itself is asked over http.</summary>
    private static bool IsSecureOutside(HttpContext http)
    {
        var address = new Uri(http.RequestServices.GetRequiredService<DeskSettings>().PublicUrl);
        return address.Scheme == Uri.UriSchemeHttps && string.Equals(address.Authority, http.Request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
