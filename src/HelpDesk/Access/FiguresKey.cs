using HelpDesk.Web.Settings;

namespace HelpDesk.Access;

/// <summary>Marks an endpoint that a configured key of its own opens too: one that opens nothing else, and is known while the database is away.</summary>
internal sealed record OwnKey(byte[] Hash, Caller Caller)
{
    public bool Is(string key) => ApiKeySecret.Same(Hash, ApiKeySecret.Hash(key));
}

/// <summary><c>Metrics:Key</c>.</summary>
internal static class FiguresKey
{
    private static readonly Secret Configured = new(
        "Metrics:Key", "opens `/metrics` and nothing else, also while the database is away; for Prometheus. Give it as a file (`Metrics:Key_FILE`)", ConfiguredKey.Values, "none");

    public static TBuilder OpenToFiguresKey<TBuilder>(this TBuilder endpoint, IConfiguration configuration)
        where TBuilder : IEndpointConventionBuilder =>
        Configured.Read(configuration) is { } key ? endpoint.WithMetadata(new OwnKey(ConfiguredKey.Hash(Configured, key), new("metrics", "Figures key", [Scopes.Admin]))) : endpoint;
}
