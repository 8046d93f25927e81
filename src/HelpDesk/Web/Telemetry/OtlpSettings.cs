using System.Globalization;

namespace HelpDesk.Web.Telemetry;

/// <summary>Where figures and traces are sent over OTLP, under OpenTelemetry's own names. Read from the whole configuration, so that headers may come from a file.</summary>
/// <param name="Traces">Where spans are posted.</param>
/// <param name="Figures">Where metrics are posted.</param>
/// <param name="Headers">As <c>name=value,…</c>; may be a secret.</param>
/// <param name="Ratio">Of how many requests in one a trace is recorded.</param>
internal sealed record OtlpSettings(Uri Traces, Uri Figures, bool IsGrpc, string? Headers, string Service, double Ratio, Duration Every)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    /// <returns>Null where nothing is sent.</returns>
    public static OtlpSettings? Read(IConfiguration configuration)
    {
        if (configuration[$"{Prefix}ENDPOINT"] is not { Length: > 0 } endpoint || configuration.IsOn("OTEL_SDK_DISABLED")) return null;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            throw new WrongConfiguration($"{Prefix}ENDPOINT must be an http or https address such as http://collector:4318, but is '{endpoint}'.");
        }

        var isGrpc = Text("PROTOCOL", "http/protobuf") switch
        {
            "http/protobuf" => false,
            "grpc" => true,
            var other => throw new WrongConfiguration($"{Prefix}PROTOCOL must be http/protobuf or grpc, but is '{other}'."),
        };
        return new(
            isGrpc ? address : Under(address, "v1/traces"), isGrpc ? address : Under(address, "v1/metrics"), isGrpc, configuration[$"{Prefix}HEADERS"],
            configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : "helpdesk",
            Number(configuration, "OTEL_TRACES_SAMPLER_ARG", 1, 0, 1),
            Duration.FromMilliseconds(Number(configuration, "OTEL_METRIC_EXPORT_INTERVAL", 60_000, 100, 3_600_000)));
        string Text(string key, string otherwise) => configuration[Prefix + key] is { Length: > 0 } text ? text : otherwise;
    }

    private static Uri Under(Uri address, string path) => new($"{address.AbsoluteUri.TrimEnd('/')}/{path}");

    private static double Number(IConfiguration configuration, string key, double otherwise, double least, double most) =>
        string.IsNullOrWhiteSpace(configuration[key]) ? otherwise
        : double.TryParse(configuration[key], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new WrongConfiguration($"{key} must be a number from {least:0.###} to {most:0.###}, but is '{configuration[key]}'.");
}
