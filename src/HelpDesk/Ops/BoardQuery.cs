using System.Globalization;
using HelpDesk.Deadlines;
using HelpDesk.Web;

namespace HelpDesk.Ops;

/// <summary>What the board is asked to show. What an address says wrongly is as if it were not there: these are for people.</summary>
/// <param name="Hours">How far ahead promises are shown.</param>
/// <param name="Assignee">What stands in a ticket's assignee, or the name or address of an agent.</param>
/// <param name="IsUnassigned">Only tickets that nobody has.</param>
public sealed record BoardQuery(int Hours, string? Queue, Priority? Priority, string? Assignee, bool IsUnassigned, CommitmentKind? Kind)
{
    private const int LongestText = 200;

    /// <summary>What there is to choose from.</summary>
    public static IReadOnlyList<int> Windows { get; } = [1, 4, 8, 24];

    public Duration Window => Duration.FromHours(Hours);

    public bool HasFilter => Queue is not null || Priority is not null || Assignee is not null || IsUnassigned || Kind is not null;

    internal static BoardQuery Of(HttpRequest request)
    {
        var hours = int.TryParse(Text("hours"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Windows.Contains(number) ? number : 4;
        return new(hours, Text("queue"), Word<Priority>("priority"), Text("assignee"), Text("assigned") == "false", Word<CommitmentKind>("kind"));

        // A database keeps no U+0000, so that nothing there could be equal to it.
        string? Text(string name) => request.Query[name].ToString().Trim().Replace("\0", "", StringComparison.Ordinal) is { Length: > 0 and <= LongestText } text ? text : null;

        T? Word<T>(string name)
            where T : struct, Enum => Text(name) is { } text && Words<T>.TryParse(text, out var value) ? value : null;
    }

    /// <summary>What a link to the same page in another language adds to its query.</summary>
    internal string Keep(string? after) => Address("", ("after", after)) is { Length: > 0 } query ? $"&{query[1..]}" : "";

    /// <summary>The address of a page with these filters, from the desk's root's <paramref name="page"/>.</summary>
    internal string Address(string page, params IEnumerable<(string Name, string? Value)> more)
    {
        (string Name, string? Value)[] own =
        [
            ("hours", Hours == 4 ? null : Hours.ToString(CultureInfo.InvariantCulture)), ("queue", Queue), ("priority", Priority is { } priority ? Words<Priority>.Of(priority) : null),
            ("assignee", Assignee), ("assigned", IsUnassigned ? "false" : null), ("kind", Kind is { } kind ? Words<CommitmentKind>.Of(kind) : null),
        ];
        var query = string.Join('&', own.Concat(more).Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
        return query.Length == 0 ? page : $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
    }
}
