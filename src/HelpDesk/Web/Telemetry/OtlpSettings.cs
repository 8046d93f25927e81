using HelpDesk.Web.Settings;

namespace HelpDesk.Web.Telemetry;

/// <summary>Where figures and traces are sent over OTLP, under OpenTelemetry's own names. Read from the whole configuration, so that headers may come from a file.</summary>
/// <param name="Traces">Where spans are posted.</param>
/// <param name="Figures">Where metrics are posted.</param>
/// <param name="Headers">As <c>name=value,…</c>; may be a secret.</param>
/// <param name="Ratio">Of how many requests in one a trace is recorded.</param>
internal sealed record OtlpSettings(Uri Traces, Uri Figures, bool IsGrpc, string? Headers, string Service, double Ratio, Duration Every)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    private static readonly Text Endpoint = new(
        $"{Prefix}ENDPOINT", "where figures and traces are sent over OTLP ([more](metrics.md))", "an http or https address such as `http://collector:4318`", note: "none: nothing is sent");

    private static readonly Choice<bool> Protocol = new($"{Prefix}PROTOCOL", "how figures and traces are sent; `grpc` usually to port 4317", ("http/protobuf", false), ("grpc", true));

    private static readonly Text Told = new(
        $"{Prefix}HEADERS", $"what the collector wants to be told; give it as a file where it is a secret (`{Prefix}HEADERS_FILE`)", "headers as `authorization=Bearer …`, separated by commas", note: "none");

    private static readonly Text Name = new("OTEL_SERVICE_NAME", "what the desk is called where they are sent", "any text", "helpdesk");

    private static readonly Share Recorded = new(
        "OTEL_TRACES_SAMPLER_ARG", 1, "of how many of the traces that begin at the desk one is recorded; one that a caller's `traceparent` says is recorded is recorded");

    private static readonly Whole Interval = new("OTEL_METRIC_EXPORT_INTERVAL", 100, 3_600_000, 60_000, "every how many milliseconds figures are sent");

    private static readonly Switch IsOff = new("OTEL_SDK_DISABLED", "`true`: nothing is sent after all");

    /// <returns>Null where nothing is sent.</returns>
    public static OtlpSettings? Read(IConfiguration configuration)
    {
        if (Endpoint.Read(configuration) is not { } endpoint || IsOff.Read(configuration)) return null;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)) throw Endpoint.Refuse(endpoint);
        var isGrpc = Protocol.Read(configuration);
        return new(
            isGrpc ? address : Under(address, "v1/traces"), isGrpc ? address : Under(address, "v1/metrics"), isGrpc, Told.Read(configuration), Name.Read(configuration)!,
            Recorded.Read(configuration), Duration.FromMilliseconds(Interval.Read(configuration)));
    }

    private static Uri Under(Uri address, string path) => new($"{address.AbsoluteUri.TrimEnd('/')}/{path}");
}
