using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>
/// Counts open time in ticks since the Unix epoch. Blocks are worked out when first asked for and kept for 1970 to 2200; two threads that
/// race for one both work it out and the first to finish publishes it.
/// </summary>
internal sealed class OpenTime(DateTimeZone zone, DayPlans plans)
{
    /// <summary>Ten years, as every rule here counts them: never less than ten calendar years.</summary>
    public const long TenYears = 3_653 * NodaConstants.TicksPerDay;

    /// <summary>A hundred years, likewise.</summary>
    public const long Century = 36_525 * NodaConstants.TicksPerDay;

    private readonly OpenBlock?[] _kept = new OpenBlock?[Index(Instant.FromUtc(2201, 1, 1, 0, 0).ToUnixTimeTicks())];

    public long Add(long start, long open)
    {
        var index = Index(start);
        var block = Block(index);
        var target = block.OpenBefore(start - Origin(index)) + open;
        return target <= block.Total ? Origin(index) + block.Earliest(target) : AddBeyond(start, open, index, target - block.Total);
    }

    public long Subtract(long end, long open)
    {
        var index = Index(end);
        var block = Block(index);
        var target = block.OpenBefore(end - Origin(index)) - open;
        return target >= 0 ? Origin(index) + block.Latest(target) : SubtractBeyond(end, open, index, -target);
    }

    public long Between(long start, long end)
    {
        var first = Index(start);
        var last = Index(end);
        var open = Block(last).OpenBefore(end - Origin(last)) - Block(first).OpenBefore(start - Origin(first));
        for (var index = first; index < last; index++)
        {
            open += Block(index).Total;
        }

        return open;
    }

    public bool IsOpen(long at)
    {
        var index = Index(at);
        var block = Block(index);
        var i = block.EndingAfter(at - Origin(index));
        return i < block.Count && Origin(index) + block.Start(i) <= at;
    }

    public bool IsOpenWithin(long from, long to)
    {
        for (var index = Index(from); Origin(index) < to; index++)
        {
            var block = Block(index);
            var i = block.EndingAfter(from - Origin(index));
            if (i < block.Count)
            {
                return Origin(index) + block.Start(i) < to;
            }
        }

        return false;
    }

    /// <summary>Yields the open runs within <c>[from, to)</c>, clipped to it, as long as they come even where blocks meet.</summary>
    public IEnumerable<(long From, long To)> Runs(long from, long to)
    {
        var (start, end) = (from, from);
        for (var index = Index(from); Origin(index) < to; index++)
        {
            var block = Block(index);
            for (var i = block.EndingAfter(from - Origin(index)); i < block.Count && Origin(index) + block.Start(i) < to; i++)
            {
                var next = Math.Max(from, Origin(index) + block.Start(i));
                if (next != end)
                {
                    if (start < end)
                    {
                        yield return (start, end);
                    }

                    start = next;
                }

                end = Math.Min(to, Origin(index) + block.End(i));
            }
        }

        if (start < end)
        {
            yield return (start, end);
        }
    }

    public override string ToString() => $"{zone.Id} ({plans})";

    private static int Index(long at) => (int)(at >> OpenBlock.Shift);

    private static long Origin(int index) => (long)index << OpenBlock.Shift;

    // Dry is where counting stands still: the closing time after which no open time has been found yet, or the instant asked about.
    private long AddBeyond(long start, long open, int index, long left)
    {
        var dry = Math.Max(start, LastEnd(index, start));
        while (true)
        {
            index++;
            if (index > OpenBlock.Last || Origin(index) - start > Century)
            {
                throw OutOfReach(start, open, "after");
            }

            var block = Block(index);
            if ((block.Count == 0 ? Origin(index + 1) : Origin(index) + block.Start(0)) - dry >= TenYears)
            {
                throw new NeverOpenException(this, Instant.FromUnixTimeTicks(dry), backward: false);
            }

            if (left <= block.Total)
            {
                var found = Origin(index) + block.Earliest(left);
                return found - start <= Century ? found : throw OutOfReach(start, open, "after");
            }

            left -= block.Total;
            dry = LastEnd(index, dry);
        }
    }

    private long SubtractBeyond(long end, long open, int index, long left)
    {
        var dry = Math.Min(end, FirstStart(index, end));
        while (true)
        {
            index--;
            if (index < OpenBlock.First || end - Origin(index + 1) > Century)
            {
                throw OutOfReach(end, open, "before");
            }

            var block = Block(index);
            if (dry - LastEnd(index, Origin(index)) >= TenYears)
            {
                throw new NeverOpenException(this, Instant.FromUnixTimeTicks(dry), backward: true);
            }

            if (left <= block.Total)
            {
                var found = Origin(index) + block.Latest(block.Total - left);
                return end - found <= Century ? found : throw OutOfReach(end, open, "before");
            }

            left -= block.Total;
            dry = FirstStart(index, dry);
        }
    }

    private long FirstStart(int index, long otherwise) => Block(index) is { Count: > 0 } block ? Origin(index) + block.Start(0) : otherwise;

    private long LastEnd(int index, long otherwise) =>
        Block(index) is { Count: > 0 } block ? Origin(index) + block.End(block.Count - 1) : otherwise;

    private OpenBlock Block(int index)
    {
        if ((uint)index >= (uint)_kept.Length)
        {
            return OpenBlock.Build(index, zone, plans);
        }

        return Volatile.Read(ref _kept[index]) ?? Publish(index);
    }

    private OpenBlock Publish(int index)
    {
        var built = OpenBlock.Build(index, zone, plans);
        return Interlocked.CompareExchange(ref _kept[index], built, null) ?? built;
    }

    private static DeadlineOutOfReachException OutOfReach(long from, long open, string direction) =>
        new(Duration.FromTicks(open), direction, Instant.FromUnixTimeTicks(from));
}
