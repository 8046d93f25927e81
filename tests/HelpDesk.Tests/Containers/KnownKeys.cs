using System.Text.RegularExpressions;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Containers;

/// <summary>The keys of the desk's configuration, from the tables that document them.</summary>
internal static class KnownKeys
{
    private static readonly HashSet<string> All =
    [
        .. new[] { Path.Combine("docs", "configuration.md"), Path.Combine("docs", "containers.md"), Path.Combine("docs", "metrics.md") }.SelectMany(file => File.ReadLines(Repository.File(file)))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line => Regex.Matches(line.Split(" | ")[0], "`([^`]+)`").Select(match => match.Groups[1].Value)),
    ];

    /// <summary>Those of environment variables that no table has: a file's key is that of what is in it.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<string> variables) =>
        variables.Where(variable => !All.Contains((variable.EndsWith("_FILE", StringComparison.Ordinal) ? variable[..^5] : variable).Replace("__", ":", StringComparison.Ordinal)));
}
