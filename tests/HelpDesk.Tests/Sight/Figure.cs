using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Sight;

/// <summary>A row of the table of figures in docs/metrics.md.</summary>
internal sealed record Figure(string Name, string Type, string Unit, IReadOnlyList<string> Labels)
{
    public static string Document => Repository.File("docs", "metrics.md");

    /// <summary>The names that queries know it by.</summary>
    public IReadOnlyList<string> Series => Type == "histogram" ? [$"{Name}_bucket", $"{Name}_sum", $"{Name}_count"] : [Name];

    public static IReadOnlyList<Figure> Documented() =>
    [
        .. Rows("| name | type | unit | labels | meaning |")
            .Select(cells => new Figure(cells[0].Trim('`'), cells[1], cells[2], cells[3] == "-" ? [] : [.. cells[3].Split(", ").Select(label => label.Trim('`'))])),
    ];

    /// <summary>The cells of the table with this head.</summary>
    public static IEnumerable<string[]> Rows(string head) => File.ReadLines(Document)
        .SkipWhile(line => line != head).Skip(2).TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim()).ToArray());
}
