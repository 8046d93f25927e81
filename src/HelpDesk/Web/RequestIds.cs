using Microsoft.AspNetCore.Http.Features;

namespace HelpDesk.Web;

/// <summary>
/// One id per request: the client's X-Request-Id if it is fit to be logged (up to 255 visible characters, as an Idempotency-Key), else the server's own. It is echoed and stands in problems and, as RequestId,
/// in every log line. A factory and not a middleware: the scope that log lines take it from is opened before the first middleware runs.
/// </summary>
internal sealed class RequestIds(IServiceProvider services) : IHttpContextFactory
{
    private const string Header = "X-Request-Id";
    private const int MaxLength = 255;
    private readonly DefaultHttpContextFactory inner = new(services);

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        var http = inner.Create(featureCollection);
        var given = http.Request.Headers[Header].ToString();
        if (IsFit(given)) http.TraceIdentifier = given;
        SecretPaths.Hide(http);
        return http;
    }

    public void Dispose(HttpContext httpContext) => inner.Dispose(httpContext);

    public static void Echo(HttpContext http) => http.Response.Headers[Header] = http.TraceIdentifier;

    private static bool IsFit(string id) => id.Length is > 0 and <= MaxLength && id.All(letter => letter is > ' ' and <= '~');
}
