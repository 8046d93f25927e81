using System.Text.RegularExpressions;

namespace HelpDesk.Tests.Database.Expanding;

/// <summary>The same of what 'alter table' does to a table that is there.</summary>
internal static partial class Alterations
{
    private const string Two = "it looks at every row while writers wait: add it 'not valid', and 'validate constraint' in a migration after";

    private static readonly (string Shape, Verdict Verdict, string Why)[] All =
    [
        (@"^(validate constraint \w+|(set|reset) \(.*|alter (column )?\w+ set (statistics|storage|compression) .*)$", Verdict.Fine, ""),
        (@"^add constraint \w+ (check|foreign key) .* not valid$", Verdict.Judged, "it holds old servers too"),
        (@"^add constraint \w+ (unique|primary key) using index \w+$", Verdict.Judged, "it holds old servers too"),
        (@"^add (constraint|check|foreign key|unique|primary key|exclude)\b", Verdict.Never, Two),
        ("^drop constraint ", Verdict.Judged, "new servers then write what old ones may not be able to read"),
        (@"^alter (column )?\w+ drop not null$", Verdict.Judged, "old servers may not be able to read what is not there"),
        (@"^alter (column )?\w+ set default ", Verdict.Judged, "it holds for what old servers write too"),
        (@"^alter (column )?\w+ set not null$", Verdict.Contracts, "old servers may leave it out"),
        (@"^alter (column )?\w+ (type|set data type) ", Verdict.Contracts, "old servers know it by its type, and the table may be written anew: add a column"),
        (@"^alter (column )?\w+ drop default$", Verdict.Contracts, "old servers may leave it out"),
        ("^rename ", Verdict.Contracts, "old servers know it by its name"),
        ("^drop ", Verdict.Contracts, "old servers use it"),
    ];

    public static (Verdict, string) Of(string action) =>
        Array.Find(All, each => Regex.IsMatch(action, each.Shape)) is { Shape: not null } known ? (known.Verdict, known.Why)
        : Column().Match(action) is { Success: true } column ? Adding(column.Groups[1].Value)
        : (Verdict.Never, "nothing is known of such a change: let ExpandingRule know whether it is safe");

    private static (Verdict, string) Adding(string column) =>
        Regex.IsMatch(column, @"\b(check|references|unique|primary key|exclude)\b") ? (Verdict.Never, $"{Two}; a column's own too")
        : Regex.IsMatch(column, @"\bgenerated\b") ? (Verdict.Never, "the whole table is written anew while everybody waits")
        : Regex.IsMatch(column, @"\bdefault\b") && !Constant().IsMatch(column) ? (Verdict.Never, "a default that is no constant has the whole table written anew while everybody waits")
        : Regex.IsMatch(column, @"\bnot null\b") && !Regex.IsMatch(column, @"\bdefault\b") ? (Verdict.Never, "old servers leave it out: give it a default")
        : (Verdict.Fine, "");

    [GeneratedRegex(@"^add (?:column )?(?:if not exists )?(\w+ \w.*)$")]
    private static partial Regex Column();

    [GeneratedRegex(@"\bdefault (''|-?[0-9.]+|true|false|null)(::[\w\[\]]+)?( not null| null)?$|\bdefault ''$")]
    private static partial Regex Constant();
}
