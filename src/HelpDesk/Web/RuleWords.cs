using System.Text.RegularExpressions;

namespace HelpDesk.Web;

/// <summary>The validation attributes' rules in the words of all the others: they start with "must" and know neither fields nor array types.</summary>
internal static partial class RuleWords
{
    public static string Of(string rule) =>
        Required().IsMatch(rule) ? "must not be blank"
        : Lengths().Match(rule) is { Success: true } lengths ? $"must be {lengths.Groups[1].Value} to {lengths.Groups[2].Value} characters long"
        : Longest().Match(rule) is { Success: true } longest ? $"must be at most {longest.Groups[1].Value} characters long"
        : Fewest().Match(rule) is { Success: true } fewest ? $"must have at least {fewest.Groups[1].Value} in it"
        : Most().Match(rule) is { Success: true } most ? $"must have at most {most.Groups[1].Value} in it"
        : Between().Match(rule) is { Success: true } between ? $"must be from {between.Groups[1].Value} to {between.Groups[2].Value}"
        : rule;

    // An absent member does not get this far, nor does null: what the attribute still finds is blank text.
    [GeneratedRegex("^The .+ field is required\\.$")]
    private static partial Regex Required();

    [GeneratedRegex("^The field .+ must be a string with a minimum length of (\\d+) and a maximum length of (\\d+)\\.$")]
    private static partial Regex Lengths();

    [GeneratedRegex("^The field .+ must be a string with a maximum length of (\\d+)\\.$")]
    private static partial Regex Longest();

    [GeneratedRegex("^The field .+ must be a string or array type with a minimum length of '(\\d+)'\\.$")]
    private static partial Regex Fewest();

    [GeneratedRegex("^The field .+ must be a string or array type with a maximum length of '(\\d+)'\\.$")]
    private static partial Regex Most();

    [GeneratedRegex("^The field .+ must be between (.+) and (.+)\\.$")]
    private static partial Regex Between();
}
