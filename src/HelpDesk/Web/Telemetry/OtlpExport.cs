using HelpDesk.Web.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HelpDesk.Web.Telemetry;

/// <summary>Sends figures and traces over OTLP while the desk runs. Made only where an address is configured: without one nothing listens, and nothing is measured for it.</summary>
internal sealed class OtlpExport(OtlpSettings settings, IEnumerable<GaugeRefresh> gauges, TimeProvider machine) : BackgroundService
{
    /// <summary>What the database is asked for the gauges is asked so often at most.</summary>
    private static readonly Duration Look = Duration.FromSeconds(15);

    private TracerProvider? traces;
    private MeterProvider? figures;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateDefault().AddService(settings.Service, serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3), serviceInstanceId: Environment.MachineName);
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .SetSampler(new RecordedCauses(settings.Ratio))
            .AddSource("HelpDesk", "HelpDesk.*", "Microsoft.AspNetCore", "Npgsql")
            .AddOtlpExporter(otlp => Fill(otlp, settings.Traces))
            .Build();
        figures = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter([.. Sources.Meters])
            .AddView(instrument => Sources.Has(instrument) ? null : MetricStreamConfiguration.Drop)
            .AddOtlpExporter((otlp, reader) =>
            {
                Fill(otlp, settings.Figures);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)settings.Every.TotalMilliseconds;
            })
            .Build();
        return base.StartAsync(cancellationToken);
    }

    private void Fill(OtlpExporterOptions otlp, Uri endpoint)
    {
        otlp.Endpoint = endpoint;
        otlp.Protocol = settings.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        otlp.Headers = settings.Headers;
    }

    /// <summary>The exporter asks gauges when it sends, and cannot wait for a database: so they are kept fresh for it.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Duration.Min(Look, settings.Every).ToTimeSpan(), machine);
        do
        {
            await Task.WhenAll(gauges.Select(gauge => gauge.Run(stoppingToken)));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>What is sent at the end is as of the end.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(gauges.Select(gauge => gauge.Run(cancellationToken))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        // What has not been sent yet is sent now.
        traces?.Dispose();
        figures?.Dispose();
        base.Dispose();
    }
}
