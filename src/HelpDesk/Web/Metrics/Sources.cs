using System.Diagnostics.Metrics;

namespace HelpDesk.Web.Metrics;

/// <summary>What is told of this process, at <c>/metrics</c> and over OTLP alike: the desk's own meters whole, and of those that its libraries have what an operator asks for.</summary>
internal static class Sources
{
    public const string Ours = "HelpDesk.";

    private const string Web = "Microsoft.AspNetCore.Hosting";

    /// <summary>Of the libraries' meters.</summary>
    private static readonly Dictionary<string, string[]> Others = new(StringComparer.Ordinal)
    {
        [Web] = ["http.server.request.duration", "http.server.active_requests"],
        ["Npgsql"] =
        [
            "db.client.connection.count", "db.client.connection.max", "db.client.connection.npgsql.pending_requests", "db.client.connection.npgsql.timeouts",
            "db.client.operation.duration", "db.client.operation.failed",
        ],
        ["System.Runtime"] =
        [
            "dotnet.process.cpu.time", "dotnet.process.memory.working_set", "dotnet.gc.pause.time", "dotnet.gc.last_collection.heap.size", "dotnet.exceptions",
        ],
    };

    /// <summary>Labels that say nothing here and would only multiply the series.</summary>
    private static readonly string[] Mute = ["url.scheme", "network.protocol.name", "network.protocol.version", "db.system.name", "db.namespace", "server.address", "server.port"];

    public static IEnumerable<string> Meters => Others.Keys.Append($"{Ours}*");

    public static bool Has(Instrument instrument) => instrument.Meter.Name.StartsWith(Ours, StringComparison.Ordinal) || IsOfOthers(instrument);

    /// <summary>Another desk in the same process has meters of the same names, but a factory of its own; only those of the libraries that know no factory are of the whole process.</summary>
    public static bool Has(Instrument instrument, IMeterFactory meters) =>
        Has(instrument) && (ReferenceEquals(instrument.Meter.Scope, meters) || (instrument.Meter.Scope is null && instrument.Meter.Name != Web && IsOfOthers(instrument)));

    private static bool IsOfOthers(Instrument instrument) => Others.TryGetValue(instrument.Meter.Name, out var names) && names.Contains(instrument.Name);

    public static bool Tells(string label) => !Mute.Contains(label);
}
