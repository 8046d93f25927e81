using System.Globalization;
using System.Text.RegularExpressions;

namespace HelpDesk.Database;

/// <summary>
/// What a database has, beside what this version knows. Migrations of a later one do no harm, since they only expand, until one takes away what this version uses. Such a migration
/// says so in its name, <c>0041_old_states_needs_0038</c>: servers that do not know migration 0038 must not serve after it. So this version can tell, though it is older.
/// </summary>
/// <param name="IsReached">Whether it has all of this version's.</param>
/// <param name="Later">Migrations that this version does not know, in their order.</param>
/// <param name="TooNew">Why it cannot be served; null where it can.</param>
internal sealed partial record FoundSchema(bool IsReached, IReadOnlyList<string> Later, string? TooNew)
{
    /// <param name="known">Of this version, in their order.</param>
    public static FoundSchema Of(IReadOnlyList<string> known, IReadOnlyCollection<string> applied)
    {
        var later = applied.Except(known).Order(StringComparer.Ordinal).ToList();
        var newest = Number(known[^1][..4]);
        return new(applied.Contains(known[^1]), later, later.Find(migration => Needs().Match(migration) is { Success: true } needs && Number(needs.Groups[1].Value) > newest) is not { } gone ? null
            : $"migration {gone} took away what versions up to migration {known[^1]} use, and this is one of them");
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"_needs_([0-9]{4})\z")]
    private static partial Regex Needs();
}
