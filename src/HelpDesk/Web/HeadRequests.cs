using Microsoft.AspNetCore.Http.Features;

namespace HelpDesk.Web;

/// <summary>HEAD is GET without the body, on every address: routes are mapped for GET alone.</summary>
internal static class HeadRequests
{
    public static IApplicationBuilder UseHead(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
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
}
