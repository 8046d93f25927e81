using System.Diagnostics;
using System.Net;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Web;

/// <summary>Headers that every answer carries, problems included: the request's id and trace, what a browser must not do with it, who may keep it.</summary>
internal static class StandingHeaders
{
    /// <summary>An answer is data: a browser that is made to show one loads and runs nothing for it.</summary>
    private const string DataPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private const string NoFrame = "frame-ancestors 'none'";

    private const string Year = "max-age=31536000";

    public static IApplicationBuilder UseStandingHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        // At the last moment: a problem clears what was set before it.
        http.Response.OnStarting(Set, http);
        return next(http);
    });

    private static Task Set(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        RequestIds.Echo(http);
        if (Activity.Current?.Id is { } trace) headers.TraceParent = trace;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments(SwaggerPage.Address) ? SwaggerPage.Policy : DataPolicy;
        // For browsers that do not know the policy's own word on it.
        if (!MayBeFramed(headers.ContentSecurityPolicy.ToString())) headers.XFrameOptions = "DENY";
        if (http.Request.IsHttps && !IsThisMachine(http.Request.Host.Host)) headers.StrictTransportSecurity = Year;
        // What was asked for with a key is for its holder; what has an entity tag may be kept by her, to be asked about again.
        if (headers.CacheControl.Count == 0 && http.Request.Headers.Authorization.Count > 0) headers.CacheControl = headers.ETag.Count > 0 ? "private, no-cache" : "no-store";
        return Task.CompletedTask;
    }

    private static bool MayBeFramed(string policy) => policy.Contains("frame-ancestors ", StringComparison.Ordinal) && !policy.Contains(NoFrame, StringComparison.Ordinal);

    /// <summary>A browser would hold every other program of the developer's on that name to HTTPS as well.</summary>
    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
