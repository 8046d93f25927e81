using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Web;

/// <summary>HEAD is GET without the body, on every address: routes are mapped for GET alone, and Allow is made of the routes.</summary>
internal static class HeadRequests
{
    public static IApplicationBuilder UseHead(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        http.Response.OnStarting(AllowHead, http);
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }
        var body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var nothing = new StreamResponseBodyFeature(Stream.Null, body);
        http.Request.Method = HttpMethods.Get;
        http.Features.Set<IHttpResponseBodyFeature>(nothing);
        try
        {
            await next(http);
            await body.StartAsync(http.RequestAborted);
        }
        finally
        {
            http.Features.Set(body);
            http.Request.Method = HttpMethods.Head;
        }
    });

    private static Task AllowHead(object request)
    {
        var answer = ((HttpContext)request).Response;
        if (answer.StatusCode != StatusCodes.Status405MethodNotAllowed) return Task.CompletedTask;
        var methods = answer.Headers.GetCommaSeparatedValues(HeaderNames.Allow);
        if (methods.Contains(HttpMethods.Get) && !methods.Contains(HttpMethods.Head)) answer.Headers.Allow = string.Join(", ", methods.Append(HttpMethods.Head));
        return Task.CompletedTask;
    }
}
