using System.Globalization;

namespace HelpDesk.Deadlines.Tests.Calendars;

/// <summary>
/// A calendar as plain data, with an oracle of its own: what an instant is follows from its local date and time as NodaTime reads them,
/// without any of the code under test. Windows are minutes of the day.
/// </summary>
internal sealed record CalendarSpec(
    DateTimeZone Zone,
    (int Open, int Close)[][] Week,
    HashSet<LocalDate> Holidays,
    HashSet<AnnualDate> Yearly,
    Dictionary<LocalDate, (int Open, int Close)[]> Exceptions)
{
    public WorkingCalendar ToCalendar() =>
        WorkingCalendar.Create(
            Zone,
            Enumerable.Range(0, 7).ToDictionary(i => (IsoDayOfWeek)(i + 1), i => Windows(Week[i])),
            Holidays,
            Yearly,
            Exceptions.ToDictionary(entry => entry.Key, entry => Windows(entry.Value)));

    public SegmentKind KindAt(Instant instant)
    {
        var local = instant.InZone(Zone);
        var date = local.Date;
        var holiday = false;
        if (!Exceptions.TryGetValue(date, out var windows))
        {
            holiday = Holidays.Contains(date) || Yearly.Any(day => day.Month == date.Month && day.Day == date.Day);
            windows = holiday ? [] : Week[(int)date.DayOfWeek - 1];
        }

        var minute = (local.Hour * 60) + local.Minute;
        return windows.Any(window => window.Open <= minute && minute < window.Close) ? SegmentKind.Working
            : holiday ? SegmentKind.Holiday
            : SegmentKind.Closed;
    }

    public override string ToString() =>
        $"{Zone.Id} week [{string.Join(" | ", Week.Select(Text))}] holidays [{string.Join(' ', Holidays.Select(Text))}] "
        + $"yearly [{string.Join(' ', Yearly)}] exceptions [{string.Join("; ", Exceptions.Select(entry => $"{Text(entry.Key)}: {Text(entry.Value)}"))}]";

    private static IReadOnlyList<DayWindow> Windows((int Open, int Close)[] minutes) =>
        [.. minutes.Select(window => DayWindow.Of(Time(window.Open), Time(window.Close)))];

    private static string Text((int Open, int Close)[] windows) => string.Join(' ', windows.Select(window => $"{Time(window.Open)}-{Time(window.Close)}"));

    private static string Text(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(int minute) => $"{minute / 60:00}:{minute % 60:00}";
}
