using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Tests.Guide;

/// <summary>Stands between an example and a desk, on a port of its own, and does to each request what the test says.</summary>
internal sealed class Between : IAsyncDisposable
{
    private readonly WebApplication app;

    private Between(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    /// <param name="what">What becomes of the n-th request, counted from 1.</param>
    public static async Task<Between> Start(Func<int, HttpContext, Task> what)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var count = 0;
        app.Run(http => what(Interlocked.Increment(ref count), http));
        await app.StartAsync();
        return new(app);
    }

    /// <summary>To the desk, as it came.</summary>
    public static async Task<HttpResponseMessage> Ask(HttpClient desk, HttpContext http, string? query = null)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        using var request = new HttpRequestMessage(new(http.Request.Method), http.Request.Path + (query ?? http.Request.QueryString.Value));
        if (body.Length > 0) request.Content = new ByteArrayContent(body.ToArray());
        foreach (var header in http.Request.Headers.Where(header => header.Key is not ("Host" or "Connection" or "Transfer-Encoding" or "Accept-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, (IEnumerable<string>)header.Value)) request.Content?.Headers.TryAddWithoutValidation(header.Key, (IEnumerable<string>)header.Value);
        }

        return await desk.SendAsync(request);
    }

    /// <summary>To the desk, and the answer back.</summary>
    public static async Task Pass(HttpClient desk, HttpContext http, string? query = null)
    {
        using var answer = await Ask(desk, http, query);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(http.Response.Body);
        await http.Response.CompleteAsync();
    }

    /// <summary>An answer of the proxy's own.</summary>
    public static Task Busy(HttpContext http, int status, int retryAfter)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.RetryAfter = $"{retryAfter}";
        http.Response.ContentType = "text/html";
        return http.Response.WriteAsync("<h1>Not now</h1>");
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
