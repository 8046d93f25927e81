namespace HelpDesk.Web.Settings;

/// <summary>Keys that the desk does not read, in its own sections of the configuration or where the section itself looks misspelt.</summary>
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
        var keys = Reference.All.Select(setting => setting.Key.Split(':')).Where(parts => parts.Length > 1).ToList();
        var known = keys.Where(parts => !Shared.Contains(parts[0])).ToList();
        var sections = known.Select(parts => parts[0]).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var misspelt = Misspelt(configuration, [.. sections, .. Shared])
            .Concat(Shared.SelectMany(section => Misspelt(configuration.GetSection(section), [.. keys.Where(parts => parts[0] == section).Select(parts => parts[1])])));
        return
        [
            .. sections.Select(configuration.GetSection).Concat(misspelt).SelectMany(section => section.AsEnumerable())
                .Where(entry => entry.Value is not null && entry.Key.Contains(':') && !known.Exists(parts => IsOf(parts, entry.Key)))
                .Select(entry => entry.Key).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The environment has much that is nobody's here: only what is one letter away from a name of the desk's is taken for one.</summary>
    private static IEnumerable<IConfigurationSection> Misspelt(IConfiguration configuration, IReadOnlyList<string> names) =>
        configuration.GetChildren().Where(child => !names.Contains(child.Key, StringComparer.OrdinalIgnoreCase) && names.Any(name => IsNear(name.ToLowerInvariant(), child.Key.ToLowerInvariant())));

    /// <summary>One letter more, fewer or another, or two that changed places.</summary>
    private static bool IsNear(string name, string written)
    {
        var (start, end) = (0, 0);
        while (start < Math.Min(name.Length, written.Length) && name[start] == written[start]) start++;
        while (end < Math.Min(name.Length, written.Length) - start && name[^(end + 1)] == written[^(end + 1)]) end++;
        var (meant, differs) = (name[start..^end], written[start..^end]);
        return (meant.Length <= 1 && differs.Length <= 1) || (meant.Length == 2 && differs.Length == 2 && meant[0] == differs[1] && meant[1] == differs[0]);
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
