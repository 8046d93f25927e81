using System.Text.RegularExpressions;

namespace HelpDesk.Tests.Sight;

/// <summary>What a query of Prometheus asks for: as much of its grammar as the queries here use.</summary>
internal sealed partial record PromQuery(IReadOnlyList<string> Names, IReadOnlyList<string> Labels)
{
    private static readonly string[] Words = ["by", "without", "on", "ignoring", "and", "or", "unless", "bool", "offset"];

    public static PromQuery Of(string query)
    {
        var bare = Strings().Replace(query, "\"\"");
        var labels = Selectors().Matches(bare).SelectMany(match => Matchers().Matches(match.Value).Select(label => label.Groups[1].Value))
            .Concat(Groups().Matches(bare).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));
        bare = Ranges().Replace(Groups().Replace(Selectors().Replace(bare, " "), " "), " ");
        // What is followed by a bracket is a function.
        var names = Identifiers().Matches(bare).Where(match => !Words.Contains(match.Value) && !bare[(match.Index + match.Length)..].TrimStart().StartsWith('(')).Select(match => match.Value);
        return new([.. names.Distinct()], [.. labels.Distinct()]);
    }

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Strings();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Selectors();

    [GeneratedRegex(@"([a-zA-Z_]\w*)\s*(=~|!~|!=|=)")]
    private static partial Regex Matchers();

    [GeneratedRegex(@"\b(?:by|without|on|ignoring)\s*\(([^)]*)\)")]
    private static partial Regex Groups();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Ranges();

    [GeneratedRegex(@"\b[a-zA-Z_:][\w:]*")]
    private static partial Regex Identifiers();
}
