using System.Buffers;
using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>
/// The open time of one block of 2^48 ticks (about 326 days), as ticks from the block's origin. Block n begins n * 2^48 ticks after the
/// Unix epoch, so that the block of an instant is a shift away. Immutable.
/// </summary>
internal sealed class OpenBlock
{
    public const int Shift = 48;
    public const long Length = 1L << Shift;

    private static readonly long MinTicks = Instant.MinValue.ToUnixTimeTicks();
    private static readonly long MaxTicks = Instant.MaxValue.ToUnixTimeTicks();

    private readonly long[] _starts;

    // Element i is the open time before window i; the last one, beyond the windows, is the total.
    private readonly long[] _opened;

    private OpenBlock(long[] starts, long[] opened) => (_starts, _opened) = (starts, opened);

    public static int First { get; } = (int)(MinTicks >> Shift);

    public static int Last { get; } = (int)(MaxTicks >> Shift);

    public int Count => _starts.Length;

    public long Total => _opened[^1];

    public static OpenBlock Build(int index, DateTimeZone zone, DayPlans plans)
    {
        var origin = (long)index << Shift;
        var days = new LocalDays(zone, Math.Max(origin, MinTicks), Math.Min(origin + Length, MaxTicks));
        var runs = new Runs();
        while (days.MoveNext())
        {
            var plan = plans[days.Day];
            for (var i = 0; i < plan.Opens.Length; i++)
            {
                var from = Math.Max(days.Midnight + plan.Opens[i], days.From);
                var to = Math.Min(days.Midnight + plan.Closes[i], days.To);
                if (from < to)
                {
                    runs.Add(from - origin, to - origin);
                }
            }
        }

        return runs.ToBlock();
    }

    public long Start(int i) => _starts[i];

    public long End(int i) => _starts[i] + _opened[i + 1] - _opened[i];

    /// <summary>Returns the open time in <c>[0, at)</c>.</summary>
    public long OpenBefore(long at)
    {
        var i = CountBelow(_starts, at) - 1;
        return i < 0 ? 0 : Math.Min(_opened[i] + at - _starts[i], _opened[i + 1]);
    }

    /// <summary>Returns the index of the first window that ends after <paramref name="at"/>; <see cref="Count"/> when none does.</summary>
    public int EndingAfter(long at)
    {
        var i = CountBelow(_starts, at) - 1;
        return i >= 0 && at < End(i) ? i : i + 1;
    }

    /// <summary>Returns the earliest point with so much open time before it: maybe a closing time, never an opening time.</summary>
    /// <param name="open">More than zero, at most <see cref="Total"/>.</param>
    public long Earliest(long open)
    {
        var i = CountBelow(_opened, open) - 1;
        return _starts[i] + open - _opened[i];
    }

    /// <summary>Returns the latest point with so much open time before it: maybe an opening time, never a closing time.</summary>
    /// <param name="open">Zero or more, less than <see cref="Total"/>.</param>
    public long Latest(long open)
    {
        var i = CountBelow(_opened, open + 1) - 1;
        return _starts[i] + open - _opened[i];
    }

    private static int CountBelow(long[] ascending, long value)
    {
        var low = 0;
        var high = ascending.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (ascending[middle] < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    // Runs arrive in order; one that begins where the last one ended continues it (24:00 meets 00:00, a clock change inside a window).
    private ref struct Runs()
    {
        private long[] _starts = ArrayPool<long>.Shared.Rent(1024);
        private long[] _ends = ArrayPool<long>.Shared.Rent(1024);
        private int _count;

        public void Add(long from, long to)
        {
            if (_count > 0 && _ends[_count - 1] == from)
            {
                _ends[_count - 1] = to;
                return;
            }

            if (_count == Math.Min(_starts.Length, _ends.Length))
            {
                Grow(ref _starts);
                Grow(ref _ends);
            }

            (_starts[_count], _ends[_count]) = (from, to);
            _count++;
        }

        public readonly OpenBlock ToBlock()
        {
            var starts = _starts.AsSpan(0, _count).ToArray();
            var opened = new long[_count + 1];
            for (var i = 0; i < _count; i++)
            {
                opened[i + 1] = opened[i] + _ends[i] - starts[i];
            }

            ArrayPool<long>.Shared.Return(_starts);
            ArrayPool<long>.Shared.Return(_ends);
            return new OpenBlock(starts, opened);
        }

        private readonly void Grow(ref long[] full)
        {
            var larger = ArrayPool<long>.Shared.Rent(full.Length * 2);
            full.AsSpan(0, _count).CopyTo(larger);
            ArrayPool<long>.Shared.Return(full);
            full = larger;
        }
    }
}
