using System.ComponentModel.DataAnnotations;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Calendars;

/// <summary>Working hours: which local hours of which days count as working time.</summary>
/// <param name="TimeZone">The IANA time zone that the hours are in. Example: "Europe/Helsinki".</param>
/// <param name="Week">
/// Windows of local wall time per weekday (mon … sun), each [open, close), close exclusive, "24:00" ends the day; a shift past midnight is two windows.
/// A day left out is closed. Example: {"mon":[["08:00","12:00"],["13:00","17:00"]],"fri":[["08:00","15:00"]]}.
/// </param>
/// <param name="Name">For people; not needed where a calendar is only asked about. Example: "Helsinki office".</param>
/// <param name="Holidays">Closed dates, one year's (yyyy-MM-dd) or every year's (MM-dd). Example: ["2026-12-25","01-01"].</param>
/// <param name="Exceptions">Dates with windows of their own, in place of the week's and of a holiday; none closes the date. Example: {"2026-12-24":[["09:00","11:30"]]}.</param>
[Example("""
    { "name": "Helsinki office", "timeZone": "Europe/Helsinki",
      "week": { "mon": [["08:00","12:00"],["13:00","17:00"]], "tue": [["08:00","17:00"]], "wed": [["08:00","17:00"]], "thu": [["08:00","17:00"]], "fri": [["08:00","15:00"]] },
      "holidays": ["2026-12-25", "01-01"], "exceptions": { "2026-12-24": [["09:00","11:30"]], "2026-06-19": [] } }
    """)]
[PatchExample("""{ "holidays": ["2026-12-25", "01-01", "05-01"] }""")]
public sealed record CalendarDefinition(
    [property: StringLength(100)] string TimeZone,
    [property: WeekdayKeys] IReadOnlyDictionary<string, string[][]>? Week = null,
    [property: StringLength(200, MinimumLength = 1)] string? Name = null,
    [property: MaxLength(5000)] IReadOnlyList<string>? Holidays = null,
    [property: DateKeys] IReadOnlyDictionary<string, string[][]>? Exceptions = null);
