using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Browser.Tests.Support;

/// <summary>Somebody else's site, which shows what it is asked to in a frame. On this machine too: browsers keep pages of the internet from framing what is local.</summary>
internal sealed class Neighbour : IAsyncDisposable
{
    private readonly WebApplication app;

    private Neighbour(WebApplication app) => this.app = app;

    /// <summary>The origin by which the desk knows it.</summary>
    public string Origin => app.Urls.First();

    /// <summary>The same site by a name that the desk does not know.</summary>
    public string OtherOrigin => Origin.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    public static async Task<Neighbour> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", (string of) => Results.Content($"<!doctype html><title>Shop</title><iframe src=\"{WebUtility.HtmlEncode(of)}\" width=360 height=640></iframe>", "text/html"));
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
