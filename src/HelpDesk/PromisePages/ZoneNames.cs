using NodaTime.TimeZones;

namespace HelpDesk.PromisePages;

/// <summary>The zones that a reader is offered: one of each sort that is told apart since 1970. Any other IANA name is taken as well.</summary>
internal static class ZoneNames
{
    public static IReadOnlyList<string> All { get; } =
        [.. TzdbDateTimeZoneSource.Default.Zone1970Locations!.Select(location => location.ZoneId).Append("UTC").Distinct().Order(StringComparer.Ordinal)];
}
