namespace HelpDesk.Web.Settings;

/// <summary>Keys in the desk's own sections of the configuration that it does not read: most likely misspelt.</summary>
internal static partial class UnknownKeys
{
    private const string FileSuffix = "_FILE";

    // These are .NET's: others read them too.
    private static readonly string[] Shared = ["ConnectionStrings", "Logging"];

    public static void Tell(WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(UnknownKeys));
        foreach (var key in In(app.Configuration)) LogUnknown(log, key);
    }

    public static IReadOnlyList<string> In(IConfiguration configuration)
    {
        var known = Reference.All.Select(setting => setting.Key.Split(':')).Where(parts => parts.Length > 1 && !Shared.Contains(parts[0])).ToList();
        return
        [
            .. known.Select(parts => parts[0]).Distinct(StringComparer.OrdinalIgnoreCase)
                .SelectMany(section => configuration.GetSection(section).AsEnumerable())
                .Where(entry => entry.Value is not null && !known.Exists(parts => IsOf(parts, entry.Key)))
                .Select(entry => entry.Key).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The key itself, the file that has it, or an entry of what may be a list.</summary>
    private static bool IsOf(string[] known, string key)
    {
        var parts = (key.EndsWith(FileSuffix, StringComparison.OrdinalIgnoreCase) ? key[..^FileSuffix.Length] : key).Split(':');
        return parts.Length >= known.Length && known.Zip(parts).All(pair => pair.First.StartsWith('<') || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    }

    [LoggerMessage(1106, LogLevel.Warning, "The configuration has {Key}, which is no key of the desk's: docs/configuration.md has them all")]
    private static partial void LogUnknown(ILogger log, string key);
}
