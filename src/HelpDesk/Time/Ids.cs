namespace HelpDesk.Time;

/// <summary>UUIDv7: ordered by the instant they were made at. A sandbox's time may lie before 1970 or run backward: then the order is lost, the id is not.</summary>
internal static class Ids
{
    public static Guid New(Instant now) => Guid.CreateVersion7(Instant.Max(now, NodaConstants.UnixEpoch).ToDateTimeOffset());
}
