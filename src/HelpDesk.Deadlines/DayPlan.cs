using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>The windows of one date in order, as ticks from its midnight, adjacent ones joined.</summary>
internal sealed class DayPlan
{
    // 48 windows are one every half hour. The bound keeps a year of the busiest calendar at a quarter of a megabyte.
    private const int MostWindows = 48;

    public static readonly DayPlan Closed = new([], [], isHoliday: false);
    public static readonly DayPlan Holiday = new([], [], isHoliday: true);

    private DayPlan(long[] opens, long[] closes, bool isHoliday) => (Opens, Closes, IsHoliday) = (opens, closes, isHoliday);

    public long[] Opens { get; }

    public long[] Closes { get; }

    public bool IsHoliday { get; }

    /// <param name="windows">In any order.</param>
    /// <param name="whose">The date or weekday, as an error names it.</param>
    /// <param name="parameter">The parameter an error is about.</param>
    /// <exception cref="ArgumentException">A window is empty, two overlap, or there are too many.</exception>
    public static DayPlan Of(IReadOnlyList<DayWindow> windows, string whose, string parameter)
    {
        if (windows.Count == 0)
        {
            return Closed;
        }

        if (windows.Count > MostWindows)
        {
            throw new ArgumentException($"{whose} has {windows.Count} windows; a date has at most {MostWindows}.", parameter);
        }

        DayWindow[] sorted = [.. windows];
        Array.Sort(sorted, static (a, b) => a.OpenTicks.CompareTo(b.OpenTicks));
        Check(sorted, whose, parameter);
        return Joined(sorted);
    }

    public override string ToString() => string.Join(',', Opens.Zip(Closes, (open, close) => $"{Time(open)}-{Time(close)}"));

    private static void Check(DayWindow[] sorted, string whose, string parameter)
    {
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].IsEmpty)
            {
                throw new ArgumentException($"{whose}: the window {sorted[i]} is empty.", parameter);
            }

            if (i > 0 && sorted[i].OpenTicks < sorted[i - 1].CloseTicks)
            {
                throw new ArgumentException($"{whose}: the windows {sorted[i - 1]} and {sorted[i]} overlap.", parameter);
            }
        }
    }

    private static DayPlan Joined(DayWindow[] sorted)
    {
        var opens = new long[sorted.Length];
        var closes = new long[sorted.Length];
        var count = 0;
        foreach (var window in sorted)
        {
            if (count > 0 && closes[count - 1] == window.OpenTicks)
            {
                closes[count - 1] = window.CloseTicks;
            }
            else
            {
                (opens[count], closes[count]) = (window.OpenTicks, window.CloseTicks);
                count++;
            }
        }

        return new DayPlan(opens[..count], closes[..count], isHoliday: false);
    }

    private static string Time(long ticks) => $"{ticks / NodaConstants.TicksPerHour:00}:{ticks / NodaConstants.TicksPerMinute % 60:00}";
}
