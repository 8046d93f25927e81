using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace HelpDesk.Web.Telemetry;

/// <summary>Names the trace of a request by its route, never by its path: a path may open something to whoever has it. What only asks how the desk is leaves none.</summary>
internal static class RequestTraces
{
    /// <summary>Of what else would be told of a request: addresses and who asks from where.</summary>
    private static readonly string[] Untold = ["url.path", "url.query", "url.full", "user_agent.original", "client.address"];

    public static IApplicationBuilder UseRequestTraces(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } trace)
        {
            await next(http);
            return;
        }

        if (http.Request.Path.StartsWithSegments("/health") || http.Request.Path.StartsWithSegments("/metrics"))
        {
            trace.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            trace.IsAllDataRequested = false;
        }

        try
        {
            await next(http);
        }
        finally
        {
            if (trace.IsAllDataRequested) Describe(trace, http);
        }
    });

    private static void Describe(Activity trace, HttpContext http)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/');
        var method = HttpMethods.GetCanonicalizedValue(http.Request.Method);
        trace.DisplayName = route is null ? method : $"{method} {route}";
        foreach (var tag in Untold) trace.SetTag(tag, null);
        trace.SetTag("http.request.method", method);
        trace.SetTag("http.route", route);
        trace.SetTag("http.response.status_code", http.Response.StatusCode);
        trace.SetTag("helpdesk.request_id", http.TraceIdentifier);
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError) trace.SetStatus(ActivityStatusCode.Error);
    }
}
