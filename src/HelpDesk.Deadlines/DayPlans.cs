using System.Globalization;
using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>Which plan a local date follows: its exception, else its holiday, else its weekday.</summary>
internal sealed class DayPlans
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);
    private static readonly int FirstDay = DaysSinceEpoch(LocalDate.MinIsoValue);
    private static readonly int LastDay = DaysSinceEpoch(LocalDate.MaxIsoValue);

    // Monday first.
    private readonly DayPlan[] _week = new DayPlan[7];

    // Exceptions and dated holidays by day since the epoch; null when there are none.
    private readonly Dictionary<int, DayPlan>? _dated;

    // Bit d of element m is set when the d-th of month m is a holiday every year it exists; null when there are none.
    private readonly int[]? _yearly;

    /// <exception cref="ArgumentException">A weekday, window or date is wrong; the message names it.</exception>
    public DayPlans(
        IReadOnlyDictionary<IsoDayOfWeek, IReadOnlyList<DayWindow>> week,
        IEnumerable<LocalDate>? holidays,
        IEnumerable<AnnualDate>? yearlyHolidays,
        IReadOnlyDictionary<LocalDate, IReadOnlyList<DayWindow>>? exceptions)
    {
        Array.Fill(_week, DayPlan.Closed);
        foreach (var (day, windows) in week)
        {
            if (day is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday)
            {
                throw new ArgumentException($"{day} is not a day of the week.", nameof(week));
            }

            _week[(int)day - 1] = DayPlan.Of(windows, day.ToString(), nameof(week));
        }

        foreach (var date in holidays ?? [])
        {
            (_dated ??= [])[DaysSinceEpoch(date)] = DayPlan.Holiday;
        }

        foreach (var date in yearlyHolidays ?? [])
        {
            (_yearly ??= new int[13])[date.Month] |= 1 << date.Day;
        }

        // After the holidays: an exception beats one.
        foreach (var (date, windows) in exceptions ?? new Dictionary<LocalDate, IReadOnlyList<DayWindow>>())
        {
            var whose = date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
            (_dated ??= [])[DaysSinceEpoch(date)] = DayPlan.Of(windows, whose, nameof(exceptions));
        }
    }

    public DayPlan this[int day] =>
        _dated is not null && _dated.TryGetValue(day, out var plan) ? plan
        : _yearly is not null && IsYearlyHoliday(_yearly, day) ? DayPlan.Holiday
        : _week[WeekdayIndex(day)];

    public override string ToString()
    {
        var open = Enumerable.Range(0, 7).Where(i => _week[i] != DayPlan.Closed);
        var week = string.Join("; ", open.Select(i => $"{(IsoDayOfWeek)(i + 1)} {_week[i]}"));
        var others = _dated is null && _yearly is null ? "" : ", holidays and exceptions apart";
        return $"{(week.Length == 0 ? "no weekly hours" : week)}{others}";
    }

    // The 29th of February comes up only in the years that have one: the date is asked, not the year.
    private static bool IsYearlyHoliday(int[] yearly, int day)
    {
        if (day < FirstDay || day > LastDay)
        {
            return false;
        }

        var date = Epoch.PlusDays(day);
        return (yearly[date.Month] & (1 << date.Day)) != 0;
    }

    // 1970-01-01 was a Thursday, index 3.
    private static int WeekdayIndex(int day)
    {
        var index = (day + 3) % 7;
        return index < 0 ? index + 7 : index;
    }

    private static int DaysSinceEpoch(LocalDate date) => Period.DaysBetween(Epoch, date.WithCalendar(CalendarSystem.Iso));
}
