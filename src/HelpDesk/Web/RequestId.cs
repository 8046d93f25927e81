using System.Diagnostics;

namespace HelpDesk.Web;

/// <summary>One id per request: the client's X-Request-Id if it is fit to be logged, else the trace's. It is echoed, and stands in logs and problems.</summary>
internal static class RequestId
{
    private const string Header = "X-Request-Id";
    private const int MaxLength = 100;

    public static IApplicationBuilder UseRequestId(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var given = http.Request.Headers[Header].ToString();
        if (IsFit(given)) http.TraceIdentifier = given;
        else if (Activity.Current is { } activity) http.TraceIdentifier = activity.TraceId.ToHexString();
        http.Response.OnStarting(() =>
        {
            http.Response.Headers[Header] = http.TraceIdentifier;
            return Task.CompletedTask;
        });
        return next(http);
    });

    private static bool IsFit(string id) => id.Length is > 0 and <= MaxLength && id.All(letter => letter is > ' ' and <= '~');
}
