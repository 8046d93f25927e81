namespace HelpDesk.Time;

/// <summary>Instants to and from the shapes the framework and Npgsql use. Precision is the microsecond, PostgreSQL's: what is finer is cut off.</summary>
internal static class Instants
{
    private const long TicksPerMicrosecond = 10;

    public static Instant GetCurrentInstant(this TimeProvider clock) => Instant.FromDateTimeOffset(clock.GetUtcNow()).ToMicrosecond();

    public static Instant ToInstant(this DateTime utc) => Instant.FromDateTimeUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    public static DateTime ToUtc(this Instant instant) => instant.ToDateTimeUtc();

    public static object ToDb(this Instant? instant) => instant is { } value ? value.ToDateTimeUtc() : DBNull.Value;

    public static Instant ToMicrosecond(this Instant instant)
    {
        var ticks = instant.ToUnixTimeTicks();
        return Instant.FromUnixTimeTicks(ticks - ((ticks % TicksPerMicrosecond) + TicksPerMicrosecond) % TicksPerMicrosecond);
    }

    public static long ToMicroseconds(this Duration duration) => duration.BclCompatibleTicks / TicksPerMicrosecond;

    public static Duration FromMicroseconds(long microseconds) => Duration.FromTicks(microseconds * TicksPerMicrosecond);
}
