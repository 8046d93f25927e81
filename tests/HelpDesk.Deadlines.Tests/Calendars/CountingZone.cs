using NodaTime.TimeZones;

namespace HelpDesk.Deadlines.Tests.Calendars;

/// <summary>A zone that counts how often it is asked for its offset.</summary>
internal sealed class CountingZone(DateTimeZone zone) : DateTimeZone(zone.Id, false, zone.MinOffset, zone.MaxOffset)
{
    private int _asked;

    public int Asked => _asked;

    public override ZoneInterval GetZoneInterval(Instant instant)
    {
        Interlocked.Increment(ref _asked);
        return zone.GetZoneInterval(instant);
    }
}
