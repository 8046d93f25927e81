namespace HelpDesk.Web;

/// <summary>Time zones by their IANA names.</summary>
internal static class Zones
{
    public static string Rule(string name) => $"there is no IANA time zone {name}";

    /// <summary>The zone, or null. NodaTime's own "UTC+3" is no IANA name: other programs would not know it.</summary>
    public static DateTimeZone? Find(string name) =>
        name is "UTC" || !name.StartsWith("UTC", StringComparison.Ordinal) ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) : null;
}
