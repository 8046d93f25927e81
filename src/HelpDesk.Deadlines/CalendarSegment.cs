using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>A run of open time.</summary>
/// <param name="From">Its first instant, inclusive.</param>
/// <param name="To">Its end, exclusive; always after <paramref name="From"/>.</param>
public readonly record struct OpenSegment(Instant From, Instant To);

/// <summary>What a stretch of time is to a clock that counts working time.</summary>
public enum SegmentKind
{
    /// <summary>Open: counts.</summary>
    Working,

    /// <summary>Outside the windows of its date; also a whole date that an exception without windows closes.</summary>
    Closed,

    /// <summary>Within a local date that is a holiday and that no exception replaces, midnight to midnight.</summary>
    Holiday,

    /// <summary>The clock stood still. No calendar says so; a commitment's explanation does.</summary>
    Paused,
}

/// <summary>A run of time of one kind.</summary>
/// <param name="From">Its first instant, inclusive.</param>
/// <param name="To">Its end, exclusive; always after <paramref name="From"/>.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct CalendarSegment(Instant From, Instant To, SegmentKind Kind);
