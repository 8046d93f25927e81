using System.Diagnostics;

namespace HelpDesk.Web;

/// <summary>Headers that every answer carries, problems included: the request's id and trace, and what a browser must not do with it.</summary>
internal static class StandingHeaders
{
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
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        return Task.CompletedTask;
    }
}
