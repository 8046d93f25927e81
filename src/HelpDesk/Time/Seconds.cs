namespace HelpDesk.Time;

/// <summary>Durations as numbers of seconds, exact to the microsecond.</summary>
internal static class Seconds
{
    public static decimal Of(Duration duration) => (decimal)duration.ToMicroseconds() / 1_000_000m;
}
