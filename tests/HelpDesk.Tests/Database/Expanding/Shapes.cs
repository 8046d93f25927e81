using System.Text.RegularExpressions;

namespace HelpDesk.Tests.Database.Expanding;

/// <summary>What is known of statements, the first that fits; what is not known is not allowed.</summary>
internal static class Shapes
{
    private static readonly (string Shape, Verdict Verdict, string Why)[] All =
    [
        ("^(comment on|analyze|set local) ", Verdict.Fine, ""),
        ("^create (view|sequence|type|schema|function) ", Verdict.Fine, ""),
        ("^create or replace (view|function) |^alter function ", Verdict.Judged, "old servers use it too"),
        ("^create (constraint )?trigger |^drop trigger ", Verdict.Judged, "it meets what old servers write"),
        ("^(insert into|update|delete from) ", Verdict.Judged, "it holds the rows that it writes, and what old servers write after it is not in it"),
        ("^drop (table|view|materialized view|function|type|sequence|schema) ", Verdict.Contracts, "old servers use it"),
        ("^alter (index|sequence|type|view|schema) ", Verdict.Contracts, "old servers know it as it is"),
        ("^do ", Verdict.Never, "what it does cannot be read"),
    ];

    public static (Verdict, string) Of(string words) => Array.Find(All, each => Regex.IsMatch(words, each.Shape)) is { Shape: not null } known ? (known.Verdict, known.Why)
        : (Verdict.Never, "nothing is known of such a statement: let ExpandingRule know whether it is safe");
}
