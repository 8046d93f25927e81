namespace HelpDesk.Web;

/// <summary>
/// Addresses that open something to whoever has them are written in no log and no trace: the last part is put aside before the request is first spoken of, put
/// back for those who answer it, and put aside again before its end is logged. So is the query of an address that a sign-in comes back to.
/// </summary>
internal static class SecretPaths
{
    private static readonly string[] Prefixes = ["/t/", "/s/", "/v1/public/opt-out/"];
    private static readonly PathString[] WithSecretQueries = ["/ops/sign-in/callback"];
    private static readonly object Key = new();

    public static IApplicationBuilder UseSecretPaths(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Items[Key] is not Secret secret)
        {
            await next(http);
            return;
        }

        var shown = new Secret(http.Request.Path, http.Request.QueryString);
        (http.Request.Path, http.Request.QueryString) = (secret.Path, secret.Query);
        try
        {
            await next(http);
        }
        finally
        {
            (http.Request.Path, http.Request.QueryString) = (shown.Path, shown.Query);
        }
    });

    public static void Hide(HttpContext http)
    {
        var (path, hasSecretQuery) = (Shown(http.Request.Path), http.Request.QueryString.HasValue && WithSecretQueries.Contains(http.Request.Path));
        if (path is null && !hasSecretQuery) return;
        http.Items[Key] = new Secret(http.Request.Path, http.Request.QueryString);
        if (path is { } shown) http.Request.Path = shown;
        if (hasSecretQuery) http.Request.QueryString = new("?-");
    }

    /// <summary>The path as it may be logged.</summary>
    public static PathString Shown(HttpContext http) => Shown(http.Request.Path) ?? http.Request.Path;

    private static PathString? Shown(PathString path) =>
        Array.Find(Prefixes, prefix => path.Value!.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } open ? new PathString(open + "-") : (PathString?)null;

    private sealed record Secret(PathString Path, QueryString Query);
}
