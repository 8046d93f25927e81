using System.Globalization;
using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>
/// The answer lies more than a hundred years (36,525 days) from the instant asked about, or outside the years that instants can express
/// (-9998 to 9999). Refused, so that no question costs unbounded time or memory.
/// </summary>
public sealed class DeadlineOutOfReachException : Exception
{
    internal DeadlineOutOfReachException(Duration open, string direction, Instant asked)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The instant {open.TotalHours:0.###} hours of open time {direction} {asked} is out of reach: ")
            + "more than 100 years away, or outside the years -9998 to 9999.") =>
        Asked = asked;

    internal DeadlineOutOfReachException(Instant start, Instant end)
        : base($"The time from {start} to {end} is out of reach: it is longer than 100 years.") => Asked = start;

    /// <summary>Gets the instant asked about.</summary>
    public Instant Asked { get; }
}
