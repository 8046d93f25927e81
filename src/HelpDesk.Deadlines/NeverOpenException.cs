using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>
/// Counting reached a point from which the calendar is not open at any instant for ten years (3,653 days), so that no
/// deadline can be named.
/// </summary>
public sealed class NeverOpenException : Exception
{
    internal NeverOpenException(OpenTime calendar, Instant reached, bool backward)
        : base($"The calendar {calendar} is not open at any instant in the ten years {(backward ? "before" : "after")} {reached}. "
            + "A calendar must open at least once in ten years for a deadline to be counted.") => Reached = reached;

    /// <summary>Gets where no more open time was found: the instant asked about, or the closing time at which counting ran dry.</summary>
    public Instant Reached { get; }
}
