using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>
/// Walks the local dates of a zone through a range of instants, one stretch at a time: the part of one date that lies under one offset.
/// Within a stretch wall time and elapsed time run alike, so a clock change needs no case of its own anywhere else: skipped local time
/// is in no stretch, repeated local time is in two, and a date a zone skips never comes.
/// </summary>
internal struct LocalDays
{
    private readonly DateTimeZone _zone;
    private readonly long _to;
    private long _offset;
    private long _offsetEnds;

    /// <param name="zone">The zone.</param>
    /// <param name="from">The first instant, inclusive, in ticks since the Unix epoch.</param>
    /// <param name="to">The end, exclusive.</param>
    public LocalDays(DateTimeZone zone, long from, long to)
    {
        _zone = zone;
        _to = to;
        _offsetEnds = from;
        To = from;
    }

    /// <summary>Gets the stretch's local date, in days since 1970-01-01: a number, which cannot leave NodaTime's range.</summary>
    public int Day { get; private set; }

    /// <summary>Gets the instant at which the date's midnight falls under the stretch's offset, maybe outside the stretch.</summary>
    public long Midnight { get; private set; }

    /// <summary>Gets the stretch's first instant, inclusive.</summary>
    public long From { get; private set; }

    /// <summary>Gets the stretch's end, exclusive.</summary>
    public long To { get; private set; }

    public bool MoveNext()
    {
        From = To;
        if (From >= _to)
        {
            return false;
        }

        if (From >= _offsetEnds)
        {
            var interval = _zone.GetZoneInterval(Instant.FromUnixTimeTicks(From));
            _offset = interval.WallOffset.Ticks;
            _offsetEnds = interval.HasEnd ? Math.Min(_to, interval.End.ToUnixTimeTicks()) : _to;
        }

        var local = From + _offset;
        var day = local / NodaConstants.TicksPerDay;
        Day = (int)(local < day * NodaConstants.TicksPerDay ? day - 1 : day);
        Midnight = (Day * NodaConstants.TicksPerDay) - _offset;
        To = Math.Min(Midnight + NodaConstants.TicksPerDay, _offsetEnds);
        return true;
    }
}
