namespace HelpDesk.Web.Metrics;

/// <summary>Figures that are looked up before they are told: brings them up to date, at most every few seconds.</summary>
internal sealed record GaugeRefresh(Func<CancellationToken, Task> Run);

/// <summary><c>GET /metrics</c>, where <c>Metrics:Enabled</c> says so: the figures of this process, for Prometheus.</summary>
internal static class MetricsEndpoint
{
    public static void AddFigures(this IServiceCollection services) => services.AddSingleton<MetricsCollector>();

    /// <returns>Null where it is off.</returns>
    public static IEndpointConventionBuilder? MapFigures(this WebApplication app)
    {
        if (!app.Configuration.IsOn("Metrics:Enabled")) return null;
        // Listening begins with the process, not with the first look.
        app.Services.GetRequiredService<MetricsCollector>();
        return app.MapGet("/metrics", Handle).ExcludeFromDescription();
    }

    /// <summary><c>Metrics:Public=true</c>: without a key.</summary>
    public static bool FiguresArePublic(this IConfiguration configuration) => configuration.IsOn("Metrics:Public");

    private static async Task<IResult> Handle(MetricsCollector collector, IEnumerable<GaugeRefresh> gauges, CancellationToken cancel)
    {
        foreach (var gauge in gauges) await gauge.Run(cancel);
        return TypedResults.Text(MetricsText.Write(collector.Collect()), MetricsText.Type);
    }
}
