using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>Hours of each day, <c>[From, To)</c> in local wall time, in which a customer is not written to. <c>From</c> after <c>To</c> spans midnight.</summary>
public sealed record QuietHours(DateTimeZone Zone, LocalTime From, LocalTime To)
{
    /// <summary>How long before the quiet hours a message leaves that they would make too late; and how long it must have after them, to be held until they end.</summary>
    public static readonly Duration Margin = Duration.FromMinutes(1);

    /// <summary>The end of the quiet hours that <paramref name="instant"/> lies in, exclusive; <paramref name="instant"/> itself when it lies in none.</summary>
    public Instant EndOf(Instant instant) => Around(instant) is { } quiet ? quiet.End : instant;

    /// <summary>
    /// <paramref name="followUpAt"/>, or, when the quiet hours it lies in last until <paramref name="promisedAt"/> or longer, an instant before they begin.
    /// </summary>
    internal Instant Before(Instant followUpAt, Instant promisedAt) =>
        Around(followUpAt) is { } quiet && quiet.End >= promisedAt ? quiet.Start - Margin : followUpAt;

    private Interval? Around(Instant instant)
    {
        if (From == To) return null;
        var today = instant.InZone(Zone).Date;
        return Night(today, instant) ?? Night(today.PlusDays(-1), instant);
    }

    private Interval? Night(LocalDate evening, Instant instant)
    {
        var start = Zone.AtLeniently(evening + From).ToInstant();
        var end = Zone.AtLeniently((From < To ? evening : evening.PlusDays(1)) + To).ToInstant();
        return start <= instant && instant < end ? new Interval(start, end) : null;
    }
}
