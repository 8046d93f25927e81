using HelpDesk.Calendars;
using NodaTime.Text;

namespace HelpDesk.Catalogue;

/// <summary>A window of local wall time as it is written: "09:00", "17:00"; "24:00" ends the day.</summary>
internal readonly record struct OpenHours(string From, string To);

/// <summary>Weekdays that follow each other.</summary>
internal readonly record struct DayRun(IsoDayOfWeek From, IsoDayOfWeek To);

/// <summary>Weekdays with the same hours, the earliest first; no hours: closed.</summary>
internal sealed record DayGroup(IReadOnlyList<DayRun> Days, IReadOnlyList<OpenHours> Hours);

/// <summary>A date with hours other than its weekday's; no hours: closed.</summary>
internal sealed record DayAhead(LocalDate Date, bool IsHoliday, IReadOnlyList<OpenHours> Hours);

/// <summary>A calendar as people read it: weekdays with the same hours together, and the dates ahead that differ.</summary>
internal sealed class PublishedHours(CalendarDefinition calendar)
{
    private const int MostAhead = 10;
    private const int DaysAhead = 366;

    private static readonly string[] Keys = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private static readonly OpenHours AllDay = new("00:00", "24:00");

    private readonly HashSet<string> holidays = [.. calendar.Holidays ?? []];

    public bool IsAlwaysOpen => Week() is [{ Days: [{ From: IsoDayOfWeek.Monday, To: IsoDayOfWeek.Sunday }], Hours: [var hours] }] && hours == AllDay;

    /// <summary>Those that are open before those that are closed.</summary>
    public IReadOnlyList<DayGroup> Week() => [.. Enum.GetValues<IsoDayOfWeek>()
        .Where(day => day != IsoDayOfWeek.None)
        .GroupBy(day => string.Join(' ', Of(day)))
        .Select(group => new DayGroup([.. Runs([.. group])], Of(group.First())))
        .OrderBy(group => group.Hours.Count == 0)];

    private static IEnumerable<DayRun> Runs(IReadOnlyList<IsoDayOfWeek> days)
    {
        for (int first = 0, last = 0; first < days.Count; first = ++last)
        {
            while (last + 1 < days.Count && days[last + 1] == days[last] + 1) last++;
            yield return new DayRun(days[first], days[last]);
        }
    }

    public IReadOnlyList<DayAhead> Ahead(LocalDate today) => [.. Enumerable.Range(0, DaysAhead).Select(today.PlusDays).Select(Special).OfType<DayAhead>().Take(MostAhead)];

    /// <summary>Null where the date is as its weekday always is.</summary>
    private DayAhead? Special(LocalDate date)
    {
        var text = LocalDatePattern.Iso.Format(date);
        var special = calendar.Exceptions?.TryGetValue(text, out var windows) == true ? new DayAhead(date, false, Joined(windows))
            : holidays.Contains(text) || holidays.Contains(text[5..]) ? new DayAhead(date, true, [])
            : null;
        return special is null || special.Hours.SequenceEqual(Of(date.DayOfWeek)) ? null : special;
    }

    private List<OpenHours> Of(IsoDayOfWeek day) => calendar.Week?.TryGetValue(Keys[(int)day - 1], out var windows) == true ? Joined(windows) : [];

    /// <summary>In order; windows that touch are one.</summary>
    private static List<OpenHours> Joined(string[][] windows)
    {
        var joined = new List<OpenHours>();
        foreach (var window in windows.OrderBy(window => window[0], StringComparer.Ordinal))
        {
            if (joined.Count > 0 && joined[^1].To == window[0]) joined[^1] = joined[^1] with { To = window[1] };
            else joined.Add(new OpenHours(window[0], window[1]));
        }

        return joined;
    }
}
