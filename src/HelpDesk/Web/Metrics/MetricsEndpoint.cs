using HelpDesk.Web.Settings;

namespace HelpDesk.Web.Metrics;

/// <summary>Figures that are looked up before they are told: brings them up to date, at most every few seconds. Takes a second at most, and fails for nobody.</summary>
internal sealed record GaugeRefresh(Func<CancellationToken, Task> Run);

/// <summary><c>GET /metrics</c>, where it is switched on: the figures of this process, for Prometheus.</summary>
internal static class MetricsEndpoint
{
    private static readonly Switch Enabled = new("Metrics:Enabled", "`true`: figures of this process for Prometheus at `/metrics`, for `Metrics:Key` and keys with the scope `admin`");

    private static readonly Switch Public = new("Metrics:Public", "`true`: the figures need no key, where Prometheus alone can reach them");

    public static void AddFigures(this IServiceCollection services) => services.AddSingleton<MetricsCollector>().AddSingleton<DeskReadings>();

    /// <returns>Null where it is off.</returns>
    public static IEndpointConventionBuilder? MapFigures(this WebApplication app)
    {
        if (!Enabled.Read(app.Configuration)) return null;
        // Listening begins with the process, not with the first look.
        app.Services.GetRequiredService<MetricsCollector>();
        return app.MapGet("/metrics", Handle).ExcludeFromDescription();
    }

    /// <summary>Without a key.</summary>
    public static bool FiguresArePublic(this IConfiguration configuration) => Public.Read(configuration);

    private static async Task<IResult> Handle(MetricsCollector collector, IEnumerable<GaugeRefresh> gauges, CancellationToken cancel)
    {
        await Task.WhenAll(gauges.Select(gauge => gauge.Run(cancel)));
        return TypedResults.Text(MetricsText.Write(collector.Collect()), MetricsText.Type);
    }
}
