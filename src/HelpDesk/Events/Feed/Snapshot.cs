using System.Globalization;

namespace HelpDesk.Events.Feed;

/// <summary>Which transactions were over at a moment: PostgreSQL's pg_snapshot, which has no two-phase or sub-transactions to tell of.</summary>
/// <param name="Min">All before this one were over.</param>
/// <param name="Max">This one and all after it had not begun.</param>
/// <param name="Running">Those between that were not over, ascending.</param>
internal sealed record Snapshot(ulong Min, ulong Max, IReadOnlyList<ulong> Running)
{
    /// <summary>Of a moment before everything.</summary>
    public static Snapshot Nothing { get; } = new(1, 1, []);

    /// <summary>Of its text form, <c>min:max:running,running</c>.</summary>
    public static Snapshot Parse(string text)
    {
        var parts = text.Split(':');
        return new(Number(parts[0]), Number(parts[1]), parts[2].Length == 0 ? [] : [.. parts[2].Split(',').Select(Number)]);
    }

    /// <summary>Whether whatever was over in this one was over in the other: the other is of the same moment or of a later one.</summary>
    public bool IsWithin(Snapshot other) => Max <= other.Max && other.Running.All(running => running >= Max || Running.Contains(running));

    public bool Equals(Snapshot? other) => other is not null && Min == other.Min && Max == other.Max && Running.SequenceEqual(other.Running);

    public override int GetHashCode() => HashCode.Combine(Min, Max, Running.Count);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Min}:{Max}:{string.Join(',', Running)}");

    public static ulong Number(string text) => ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
