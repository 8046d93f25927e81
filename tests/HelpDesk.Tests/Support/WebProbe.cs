using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Tests.Support;

/// <summary>The HTTP manners alone, without a database, around endpoints that a test makes up.</summary>
internal sealed class WebProbe : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebProbe(WebApplication app) => this.app = app;

    public HttpClient Client => app.GetTestClient();

    public LogLines Log { get; private init; } = null!;

    public static async Task<WebProbe> Start(Action<IEndpointRouteBuilder> map, params (string Key, string Value)[] settings)
    {
        var log = new LogLines();
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddWeb();
        builder.Logging.ClearProviders().AddProvider(log);
        var app = builder.Build();
        app.UseWeb();
        app.MapDocument();
        map(app.MapApi());
        await app.StartAsync();
        return new(app) { Log = log };
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
