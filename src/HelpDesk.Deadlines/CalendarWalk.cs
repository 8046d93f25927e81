using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>Names every instant of a range: working, closed or holiday.</summary>
internal static class CalendarWalk
{
    /// <summary>Yields maximal runs that partition <c>[from, to)</c>, in ticks since the Unix epoch.</summary>
    public static IEnumerable<CalendarSegment> Segments(DateTimeZone zone, DayPlans plans, long from, long to)
    {
        CalendarSegment? last = null;
        foreach (var piece in Pieces(zone, plans, from, to))
        {
            if (last is { } run && run.Kind == piece.Kind)
            {
                last = run with { To = piece.To };
                continue;
            }

            if (last is { } ended)
            {
                yield return ended;
            }

            last = piece;
        }

        if (last is { } final)
        {
            yield return final;
        }
    }

    private static IEnumerable<CalendarSegment> Pieces(DateTimeZone zone, DayPlans plans, long from, long to)
    {
        var days = new LocalDays(zone, from, to);
        while (days.MoveNext())
        {
            var plan = plans[days.Day];
            var between = plan.IsHoliday ? SegmentKind.Holiday : SegmentKind.Closed;
            var at = days.From;
            for (var i = 0; i < plan.Opens.Length; i++)
            {
                var open = Math.Max(days.Midnight + plan.Opens[i], days.From);
                var close = Math.Min(days.Midnight + plan.Closes[i], days.To);
                if (open >= close)
                {
                    continue;
                }

                if (at < open)
                {
                    yield return Piece(at, open, between);
                }

                yield return Piece(open, close, SegmentKind.Working);
                at = close;
            }

            if (at < days.To)
            {
                yield return Piece(at, days.To, between);
            }
        }
    }

    private static CalendarSegment Piece(long from, long to, SegmentKind kind) =>
        new(Instant.FromUnixTimeTicks(from), Instant.FromUnixTimeTicks(to), kind);
}
