namespace HelpDesk.Web;

/// <summary>
/// Addresses that open something to whoever has them are written in no log and no trace: the last part is put aside before the request is first spoken of, put
/// back for those who answer it, and put aside again before its end is logged.
/// </summary>
internal static class SecretPaths
{
    private static readonly string[] Prefixes = ["/t/", "/s/", "/v1/public/opt-out/"];
    private static readonly object Key = new();

    public static IApplicationBuilder UseSecretPaths(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Items[Key] is not PathString secret)
        {
            await next(http);
            return;
        }

        var shown = http.Request.Path;
        http.Request.Path = secret;
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Path = shown;
        }
    });

    public static void Hide(HttpContext http)
    {
        if (Shown(http.Request.Path) is not { } shown) return;
        http.Items[Key] = http.Request.Path;
        http.Request.Path = shown;
    }

    /// <summary>The path as it may be logged.</summary>
    public static PathString Shown(HttpContext http) => Shown(http.Request.Path) ?? http.Request.Path;

    private static PathString? Shown(PathString path) =>
        Array.Find(Prefixes, prefix => path.Value!.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } open ? new PathString(open + "-") : null;
}
