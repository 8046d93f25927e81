namespace HelpDesk.Calendars;

/// <summary>A calendar as it stands.</summary>
/// <param name="Id">Names the calendar.</param>
/// <param name="Name">For people.</param>
/// <param name="TimeZone">The IANA time zone of its hours.</param>
/// <param name="Week">Windows of local wall time per weekday.</param>
/// <param name="Holidays">Closed dates, one year's or every year's.</param>
/// <param name="Exceptions">Dates with windows of their own.</param>
/// <param name="Version">Raised by every change of its hours. Open tickets keep the version they were promised by.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record CalendarResponse(
    Guid Id,
    string Name,
    string TimeZone,
    IReadOnlyDictionary<string, string[][]> Week,
    IReadOnlyList<string> Holidays,
    IReadOnlyDictionary<string, string[][]> Exceptions,
    int Version,
    Instant CreatedAt,
    Instant UpdatedAt)
{
    internal static CalendarResponse Of(Calendar calendar, CalendarDefinition definition) => new(
        calendar.Id, calendar.Name, definition.TimeZone,
        definition.Week ?? new Dictionary<string, string[][]>(), definition.Holidays ?? [], definition.Exceptions ?? new Dictionary<string, string[][]>(),
        calendar.Version, calendar.CreatedAt, calendar.UpdatedAt);
}
