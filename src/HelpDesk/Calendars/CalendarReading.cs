using HelpDesk.Deadlines;
using HelpDesk.Web;
using NodaTime.Text;

namespace HelpDesk.Calendars;

/// <summary>A definition as a calendar to count in. Every rule it breaks is reported under the member that breaks it.</summary>
internal sealed class CalendarReading(string path, Dictionary<string, string[]> errors)
{
    private const int MostExceptions = 5_000;
    private const int MostWindows = 48;
    private static readonly AnnualDatePattern EveryYear = AnnualDatePattern.CreateWithInvariantCulture("MM-dd");

    internal static readonly Dictionary<string, IsoDayOfWeek> Days = new(StringComparer.Ordinal)
    {
        ["mon"] = IsoDayOfWeek.Monday,
        ["tue"] = IsoDayOfWeek.Tuesday,
        ["wed"] = IsoDayOfWeek.Wednesday,
        ["thu"] = IsoDayOfWeek.Thursday,
        ["fri"] = IsoDayOfWeek.Friday,
        ["sat"] = IsoDayOfWeek.Saturday,
        ["sun"] = IsoDayOfWeek.Sunday,
    };

    /// <summary>The calendar, or null with the reasons in the errors.</summary>
    public static WorkingCalendar? TryRead(CalendarDefinition definition, string path, Dictionary<string, string[]> errors)
    {
        var known = errors.Count;
        var calendar = new CalendarReading(path, errors).Read(definition);
        return errors.Count == known ? calendar : null;
    }

    /// <summary>The calendar, or a refusal naming the members.</summary>
    public static WorkingCalendar Read(CalendarDefinition definition, string path = "")
    {
        var errors = new Dictionary<string, string[]>();
        return TryRead(definition, path, errors) ?? throw Refusal.Invalid(errors);
    }

    /// <summary>The calendar, refused also if it can never be open within ten years of <paramref name="now"/>.</summary>
    public static WorkingCalendar ReadForUse(CalendarDefinition definition, Instant now, string path = "")
    {
        var calendar = Read(definition, path);
        return calendar.CanOpen(now) ? calendar : throw Never(path);
    }

    private static Refusal Never(string path) => new(
        StatusCodes.Status422UnprocessableEntity, "calendar-never-opens", "Well-formed, but impossible",
        "This calendar is not open at any instant in the next ten years, so nothing could ever fall due by it.",
        new Dictionary<string, string[]> { [path + "week"] = ["must be open at some time within ten years"] });

    private WorkingCalendar? Read(CalendarDefinition definition)
    {
        var zone = Zones.Find(definition.TimeZone);
        if (zone is null) errors[path + "timeZone"] = [Zones.Rule(definition.TimeZone)];
        var week = new Dictionary<IsoDayOfWeek, IReadOnlyList<DayWindow>>();
        foreach (var (day, windows) in definition.Week ?? new Dictionary<string, string[][]>())
        {
            if (Days.TryGetValue(day, out var weekday)) week[weekday] = Windows($"{path}week.{day}", windows);
            else errors[$"{path}week.{day}"] = [WeekdayKeysAttribute.Rule];
        }

        var (once, yearly) = Holidays(definition.Holidays ?? []);
        var exceptions = Exceptions(definition.Exceptions ?? new Dictionary<string, string[][]>());
        return zone is null || errors.Count > 0 ? null : WorkingCalendar.Create(zone, week, once, yearly, exceptions);
    }

    private List<DayWindow> Windows(string member, string[][]? windows)
    {
        var read = new List<(DayWindow Window, string Member)>();
        if (windows is null || windows.Length > MostWindows)
        {
            errors[member] = [$"must be a list of at most {MostWindows} windows"];
            return [];
        }

        for (var index = 0; index < windows.Length; index++)
        {
            var at = $"{member}[{index}]";
            if (windows[index] is not [{ } open, { } close]) errors[at] = ["must be two local times: [\"HH:mm\", \"HH:mm\"]"];
            else if (DayWindow.TryParse(open, close, out var window, out var error)) read.Add((window, at));
            else errors[at] = [error!];
        }

        CheckOverlap(read);
        return [.. read.Select(item => item.Window)];
    }

    private void CheckOverlap(List<(DayWindow Window, string Member)> windows)
    {
        var sorted = windows.OrderBy(item => item.Window.OpenText, StringComparer.Ordinal).ToList();
        for (var index = 1; index < sorted.Count; index++)
        {
            if (string.CompareOrdinal(sorted[index].Window.OpenText, sorted[index - 1].Window.CloseText) < 0)
            {
                errors[sorted[index].Member] = [$"overlaps the window {sorted[index - 1].Window.OpenText}-{sorted[index - 1].Window.CloseText}"];
            }
        }
    }

    private (List<LocalDate> Once, List<AnnualDate> Yearly) Holidays(IReadOnlyList<string> holidays)
    {
        var (once, yearly) = (new List<LocalDate>(), new List<AnnualDate>());
        for (var index = 0; index < holidays.Count; index++)
        {
            var text = holidays[index] ?? "";
            if (LocalDatePattern.Iso.Parse(text) is { Success: true } date) once.Add(date.Value);
            else if (EveryYear.Parse(text) is { Success: true } annual) yearly.Add(annual.Value);
            else errors[$"{path}holidays[{index}]"] = ["must be a date, yyyy-MM-dd, or a date of every year, MM-dd"];
        }

        return (once, yearly);
    }

    private Dictionary<LocalDate, IReadOnlyList<DayWindow>> Exceptions(IReadOnlyDictionary<string, string[][]> exceptions)
    {
        var read = new Dictionary<LocalDate, IReadOnlyList<DayWindow>>();
        if (exceptions.Count > MostExceptions) errors[path + "exceptions"] = [$"must be at most {MostExceptions} dates"];
        foreach (var (text, windows) in exceptions)
        {
            if (LocalDatePattern.Iso.Parse(text) is { Success: true } date) read[date.Value] = Windows($"{path}exceptions.{text}", windows);
            else errors[$"{path}exceptions.{text}"] = [DateKeysAttribute.Rule];
        }

        return read;
    }
}
