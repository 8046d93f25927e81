using System.Globalization;
using NodaTime.Text;

namespace HelpDesk.Deadlines.Tests.Calendars;

/// <summary>Calendars and instants written the short way: windows as "08:00-12:00 13:00-17:00", instants as "2026-03-02T08:00".</summary>
internal static class Sample
{
    public static readonly IsoDayOfWeek[] Weekdays =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    public static readonly IsoDayOfWeek[] AllDays = [.. Weekdays, IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday];

    public static WorkingCalendar Office(
        string zone = "UTC",
        string windows = "09:00-17:00",
        string[]? holidays = null,
        string[]? yearly = null,
        Dictionary<string, string>? exceptions = null) =>
        Weekly(zone, Weekdays, windows, holidays, yearly, exceptions);

    public static WorkingCalendar Daily(string zone, string windows, string[]? holidays = null, string[]? yearly = null) =>
        Weekly(zone, AllDays, windows, holidays, yearly);

    /// <summary>Open on one date only.</summary>
    public static WorkingCalendar Once(string zone, string date, string windows) =>
        Weekly(zone, [], "", exceptions: new() { [date] = windows });

    public static WorkingCalendar Weekly(
        string zone,
        IsoDayOfWeek[] days,
        string windows,
        string[]? holidays = null,
        string[]? yearly = null,
        Dictionary<string, string>? exceptions = null) =>
        WorkingCalendar.Create(
            DateTimeZoneProviders.Tzdb[zone],
            days.ToDictionary(day => day, _ => Windows(windows)),
            holidays?.Select(Date),
            yearly?.Select(text => AnnualDatePattern.Iso.Parse(text).Value),
            exceptions?.ToDictionary(entry => Date(entry.Key), entry => Windows(entry.Value)));

    public static IReadOnlyList<DayWindow> Windows(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(window => DayWindow.Of(window.Split('-')[0], window.Split('-')[1]))];

    /// <summary>An instant in UTC, down to as many decimals as are written.</summary>
    public static Instant Utc(string text) => LocalDateTimePattern.GeneralIso.Parse(text.Count(c => c == ':') == 1 ? text + ":00" : text) is { Success: true } parsed
        ? parsed.Value.InUtc().ToInstant()
        : LocalDateTimePattern.ExtendedIso.Parse(text).Value.InUtc().ToInstant();

    public static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;

    public static Duration Span(string text) => Duration.FromTimeSpan(System.Xml.XmlConvert.ToTimeSpan(text));

    /// <summary>Runs as "2026-03-02T08:00/2026-03-02T12:00", in UTC, separated by blanks.</summary>
    public static string Text(IEnumerable<OpenSegment> runs) => string.Join(' ', runs.Select(run => $"{Text(run.From)}/{Text(run.To)}"));

    public static string Text(Instant instant) => instant.ToString("uuuu-MM-ddTHH:mm", CultureInfo.InvariantCulture);
}
