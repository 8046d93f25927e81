using System.Globalization;

namespace HelpDesk.Delivery;

/// <summary>The units that lengths of time are said in.</summary>
internal enum TimeUnit
{
    Day,
    Hour,
    Minute,
    Second,
}

/// <summary>
/// A length of time as people say it: of one unit where that is exact (2 hours, 30 minutes), else hours, minutes and seconds in short (1 h 30 min). Nothing is rounded.
/// </summary>
internal readonly record struct Amount
{
    private const int FewestDays = 2;

    private readonly IReadOnlyList<(TimeUnit Unit, decimal Count)> parts;

    private Amount(IReadOnlyList<(TimeUnit, decimal)> parts) => this.parts = parts;

    public IReadOnlyList<(TimeUnit Unit, decimal Count)> Parts => parts;

    /// <summary>The unit that says it all, if one does.</summary>
    public (TimeUnit Unit, decimal Count)? Whole => parts is [var one] ? one : null;

    /// <summary>Of time in which a day is not 24 hours: hours are the longest unit.</summary>
    public static Amount Of(Duration length) => new(Clock(length));

    /// <summary>Of time around the clock, where whole days are days, from two on.</summary>
    public static Amount OfElapsed(Duration length)
    {
        var days = length.Days;
        return days >= FewestDays && Duration.FromDays(days) == length ? new([(TimeUnit.Day, days)]) : Of(length);
    }

    private static List<(TimeUnit, decimal)> Clock(Duration length)
    {
        var seconds = (decimal)length.BclCompatibleTicks / NodaConstants.TicksPerSecond;
        (TimeUnit Unit, decimal Count)[] all = [(TimeUnit.Hour, Math.Floor(seconds / 3600)), (TimeUnit.Minute, Math.Floor(seconds / 60 % 60)), (TimeUnit.Second, seconds % 60)];
        var parts = all.Where(part => part.Count > 0).ToList();
        return parts.Count > 0 ? parts : [(TimeUnit.Minute, 0)];
    }

    /// <summary>A count without what is not needed of it: 2, 0.25, or 0,25 where that is the mark.</summary>
    public static string Number(decimal count, char point) =>
        count.ToString("0.######", CultureInfo.InvariantCulture).Replace('.', point);
}
