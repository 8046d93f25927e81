using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>
/// Working hours in one time zone: windows per weekday, holidays, and exceptions that replace a date's windows. Answers how much open time
/// lies between two instants, and where a given amount of it ends.
/// </summary>
/// <remarks>
/// <para>
/// An instant is open when its local date's windows hold its local time, opening inclusive, closing exclusive. Open time is elapsed time:
/// a local hour that a clock change skips does not exist, one that it repeats counts twice, and a 00:00-24:00 day has 23 or 25 hours
/// then. A date follows its exception if it has one, else its holiday, else its weekday.
/// </para>
/// <para>
/// Instants and durations are counted in ticks of 100 nanoseconds. What is finer is dropped: towards the start of time for instants,
/// towards zero for durations. Nothing else is rounded.
/// </para>
/// <para>
/// No answer is given beyond a hundred years (36,525 days) or across ten years (3,653 days) without open time. Immutable and safe for
/// use by any number of threads. The hours of the years asked about are worked out once per calendar, so one in use is worth keeping;
/// after that, counting costs a few look-ups and allocates nothing within the years 1970 to 2200.
/// </para>
/// </remarks>
public sealed class WorkingCalendar
{
    private static readonly long MaxTicks = Instant.MaxValue.ToUnixTimeTicks();
    private static readonly Duration Tick = Duration.FromTicks(1);
    private static readonly long MinTicks = Instant.MinValue.ToUnixTimeTicks();

    // Both null for the calendar that is always open.
    private readonly DayPlans? _plans;
    private readonly OpenTime? _time;

    private WorkingCalendar(DateTimeZone zone, DayPlans? plans)
    {
        Zone = zone;
        _plans = plans;
        _time = plans is null ? null : new OpenTime(zone, plans);
    }

    /// <summary>Gets the calendar that is open at every instant, in UTC. Counting in it is plain arithmetic.</summary>
    public static WorkingCalendar AroundTheClock { get; } = new(DateTimeZone.Utc, null);

    /// <summary>Gets the time zone in which windows and dates are read.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>Makes a calendar. A calendar that never opens can be made; ask <see cref="CanOpen"/>.</summary>
    /// <param name="zone">The time zone in which windows and dates are read.</param>
    /// <param name="week">The windows of each weekday, in any order; a weekday left out is closed. Adjacent windows are joined.</param>
    /// <param name="holidays">Dates on which the calendar is closed from midnight to midnight.</param>
    /// <param name="yearlyHolidays">The same, every year. 02-29 is a holiday in leap years only.</param>
    /// <param name="exceptions">Windows that replace those of a date, holiday or not; an empty list closes it.</param>
    /// <returns>The calendar, independent of later changes to what was passed.</returns>
    /// <exception cref="ArgumentException">
    /// A window is empty, two windows of a date overlap, a date has more than 48, or a weekday is none. The message names day and window.
    /// </exception>
    public static WorkingCalendar Create(
        DateTimeZone zone,
        IReadOnlyDictionary<IsoDayOfWeek, IReadOnlyList<DayWindow>> week,
        IEnumerable<LocalDate>? holidays = null,
        IEnumerable<AnnualDate>? yearlyHolidays = null,
        IReadOnlyDictionary<LocalDate, IReadOnlyList<DayWindow>>? exceptions = null) =>
        new(zone, new DayPlans(week, holidays, yearlyHolidays, exceptions));

    /// <summary>
    /// Returns the earliest instant t, not before <paramref name="start"/>, with exactly <paramref name="open"/> open time in
    /// <c>[start, t)</c>. It may be a closing time: eight hours from 09:00 of a day 09:00-17:00 end at 17:00, not at the next opening.
    /// </summary>
    /// <param name="start">Where counting begins, open or not.</param>
    /// <param name="open">How much open time to count. Zero gives <paramref name="start"/> itself, even while closed.</param>
    /// <returns>The instant; its open time before it is exact to the tick.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="open"/> is negative.</exception>
    /// <exception cref="NeverOpenException">Counting met ten years without open time.</exception>
    /// <exception cref="DeadlineOutOfReachException">The instant lies more than a hundred years away, or after the year 9999.</exception>
    public Instant Add(Instant start, Duration open)
    {
        var ticks = Countable(start, open, "after");
        if (ticks == 0)
        {
            return start;
        }

        var from = start.ToUnixTimeTicks();
        var found = _time is null ? from + ticks : _time.Add(from, ticks);
        return found <= MaxTicks ? Instant.FromUnixTimeTicks(found) : throw new DeadlineOutOfReachException(open, "after", start);
    }

    /// <summary>
    /// Returns the latest instant t, not after <paramref name="end"/>, with exactly <paramref name="open"/> open time in <c>[t, end)</c>.
    /// It may be an opening time.
    /// </summary>
    /// <param name="end">Where counting backward begins, open or not.</param>
    /// <param name="open">How much open time to count. Zero gives <paramref name="end"/> itself, even while closed.</param>
    /// <returns>The instant; the open time after it is exact to the tick.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="open"/> is negative.</exception>
    /// <exception cref="NeverOpenException">Counting met ten years without open time.</exception>
    /// <exception cref="DeadlineOutOfReachException">The instant lies more than a hundred years away, or before the year -9998.</exception>
    public Instant Subtract(Instant end, Duration open)
    {
        var ticks = Countable(end, open, "before");
        if (ticks == 0)
        {
            return end;
        }

        var until = end.ToUnixTimeTicks();
        var found = _time is null ? until - ticks : _time.Subtract(until, ticks);
        return found >= MinTicks ? Instant.FromUnixTimeTicks(found) : throw new DeadlineOutOfReachException(open, "before", end);
    }

    /// <summary>Returns the open time in <c>[start, end)</c>; zero when <paramref name="end"/> is not after <paramref name="start"/>.</summary>
    /// <param name="start">The first instant, inclusive.</param>
    /// <param name="end">The end, exclusive.</param>
    /// <returns>The open time, never negative. Years without any are no error here.</returns>
    /// <exception cref="DeadlineOutOfReachException">The two lie more than a hundred years apart.</exception>
    public Duration Between(Instant start, Instant end)
    {
        var (from, to) = Range(start, end);
        return Duration.FromTicks(from == to ? 0 : _time?.Between(from, to) ?? to - from);
    }

    /// <summary>Returns whether the calendar is open at an instant: at an opening time it is, at a closing time it is not.</summary>
    /// <param name="instant">The instant asked about.</param>
    /// <returns>Whether it is open.</returns>
    public bool IsOpen(Instant instant) => _time?.IsOpen(instant.ToUnixTimeTicks()) ?? true;

    /// <summary>Returns the earliest instant, not before <paramref name="from"/>, at which the calendar is open: <paramref name="from"/> itself where it is.</summary>
    /// <param name="from">The first instant looked at, inclusive.</param>
    /// <returns>The instant; an opening time, unless it is <paramref name="from"/>.</returns>
    /// <exception cref="NeverOpenException">Ten years are without open time.</exception>
    /// <exception cref="DeadlineOutOfReachException">The instant lies after the year 9999.</exception>
    public Instant NextOpen(Instant from) => IsOpen(from) ? from : Add(from, Tick) - Tick;

    /// <summary>Returns whether the calendar is open at any instant in the ten years (3,653 days) that begin at an instant.</summary>
    /// <param name="from">The first instant, inclusive.</param>
    /// <returns>False where <see cref="Add"/> would throw <see cref="NeverOpenException"/> from here.</returns>
    public bool CanOpen(Instant from)
    {
        var ticks = from.ToUnixTimeTicks();
        return _time?.IsOpenWithin(ticks, ticks + OpenTime.TenYears) ?? true;
    }

    /// <summary>
    /// Returns the runs of open time within <c>[start, end)</c>, cut to it, in order and as long as they come: a window to 24:00 and the
    /// next day's from 00:00 are one. Their lengths add up to <see cref="Between"/>.
    /// </summary>
    /// <param name="start">The first instant, inclusive.</param>
    /// <param name="end">The end, exclusive; nothing is returned when it is not after <paramref name="start"/>.</param>
    /// <returns>The runs, worked out as they are read.</returns>
    /// <exception cref="DeadlineOutOfReachException">The two lie more than a hundred years apart; thrown at once.</exception>
    public IEnumerable<OpenSegment> OpenSegments(Instant start, Instant end)
    {
        var (from, to) = Range(start, end);
        IEnumerable<(long From, long To)> runs = from == to ? [] : _time?.Runs(from, to) ?? [(from, to)];
        return runs.Select(static run => new OpenSegment(Instant.FromUnixTimeTicks(run.From), Instant.FromUnixTimeTicks(run.To)));
    }

    /// <summary>
    /// Returns <c>[start, end)</c> cut into runs of working, closed and holiday time: in order, without gap or overlap, neighbours of
    /// different kinds. A holiday runs from local midnight to local midnight.
    /// </summary>
    /// <param name="start">The first instant, inclusive.</param>
    /// <param name="end">The end, exclusive; nothing is returned when it is not after <paramref name="start"/>.</param>
    /// <returns>The runs, worked out as they are read, date by date.</returns>
    /// <exception cref="DeadlineOutOfReachException">The two lie more than a hundred years apart; thrown at once.</exception>
    public IEnumerable<CalendarSegment> Segments(Instant start, Instant end)
    {
        var (from, to) = Range(start, end);
        return from == to ? []
            : _plans is not null ? CalendarWalk.Segments(Zone, _plans, from, to)
            : [new CalendarSegment(Instant.FromUnixTimeTicks(from), Instant.FromUnixTimeTicks(to), SegmentKind.Working)];
    }

    /// <summary>Returns zone and weekly hours in short, for messages and logs.</summary>
    /// <returns>The calendar in words.</returns>
    public override string ToString() => _time?.ToString() ?? "UTC (around the clock)";

    // Refuses by the amount alone what no calendar can reach, so that ticks cannot overflow.
    private static long Countable(Instant from, Duration open, string direction)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(open, Duration.Zero);
        return open <= Duration.FromTicks(OpenTime.Century)
            ? open.BclCompatibleTicks
            : throw new DeadlineOutOfReachException(open, direction, from);
    }

    private static (long From, long To) Range(Instant start, Instant end)
    {
        var from = start.ToUnixTimeTicks();
        var to = Math.Max(from, end.ToUnixTimeTicks());
        return to - from <= OpenTime.Century ? (from, to) : throw new DeadlineOutOfReachException(start, end);
    }
}
