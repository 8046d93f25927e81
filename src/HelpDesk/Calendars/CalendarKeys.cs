using HelpDesk.Web.Json;
using NodaTime.Text;

namespace HelpDesk.Calendars;

/// <summary>mon to sun.</summary>
internal sealed class WeekdayKeysAttribute : KeyedByAttribute
{
    public static string Rule { get; } = $"must be one of {string.Join(", ", CalendarReading.Days.Keys)}";

    public override string? Broken(string key) => CalendarReading.Days.ContainsKey(key) ? null : Rule;
}

/// <summary>Dates of one year.</summary>
internal sealed class DateKeysAttribute : KeyedByAttribute
{
    public const string Rule = "must be a date, yyyy-MM-dd";

    public override string? Broken(string key) => LocalDatePattern.Iso.Parse(key).Success ? null : Rule;
}
