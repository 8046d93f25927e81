using NodaTime.Text;

namespace HelpDesk.Delivery;

/// <summary>
/// An instant as its customer reads it: in the language and the zone, with the zone named. E.g. "Monday, 2 March 2026 at 12:00
/// (Europe/Helsinki)".
/// </summary>
internal sealed class DateWords(Languages languages)
{
    private static readonly OffsetPattern UtcOffset = OffsetPattern.CreateWithInvariantCulture("'UTC'+H:mm");

    public string Format(Instant at, DateTimeZone zone, string? locale) => Format(at, zone, languages.For(locale));

    public static string Format(Instant at, DateTimeZone zone, Language language)
    {
        var local = at.InZone(zone);
        // On the night the clocks go back an hour comes twice: only the offset tells which.
        var twice = zone.MapLocal(local.LocalDateTime).Count > 1;
        var name = twice ? $"{Name(zone)}, {UtcOffset.Format(local.Offset)}" : Name(zone);
        return $"{language.DateAndTime(local.LocalDateTime)} ({name})";
    }

    private static string Name(DateTimeZone zone) => zone.Id is "Etc/UTC" or "Etc/UCT" or "Etc/Zulu" or "Zulu" or "UCT" ? "UTC" : zone.Id;
}
