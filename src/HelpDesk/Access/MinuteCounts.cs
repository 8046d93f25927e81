using System.Collections.Concurrent;
using HelpDesk.Time;

namespace HelpDesk.Access;

/// <summary>
/// Counts by name within the minute of the machine's clock that is under way. Each server counts for itself. All counts go when the minute ends, so what is
/// kept is bounded by what happens in one.
/// </summary>
internal sealed class MinuteCounts(TimeProvider machine)
{
    private volatile Minute current = new(-1, []);

    /// <summary>Counts one more. Answers how many that makes, and in how many whole seconds, rounded up, the minute ends: 1 to 60.</summary>
    public (int Count, int EndsIn) Add(string name)
    {
        var (counts, endsIn) = Now();
        var box = counts.GetOrAdd(name, static _ => new());
        // Stops short of wrapping round.
        var count = Volatile.Read(ref box.Count) == int.MaxValue ? int.MaxValue : Interlocked.Increment(ref box.Count);
        return (count, endsIn);
    }

    public (int Count, int EndsIn) Look(string name)
    {
        var (counts, endsIn) = Now();
        return (counts.TryGetValue(name, out var box) ? Volatile.Read(ref box.Count) : 0, endsIn);
    }

    private (ConcurrentDictionary<string, Tally> Counts, int EndsIn) Now()
    {
        var milliseconds = machine.GetCurrentInstant().ToUnixTimeMilliseconds();
        var number = Math.DivRem(milliseconds, 60_000, out var into);
        var minute = current;
        // A clock that was set back starts a new count too. Of two that see a new minute first, both may begin one: a request or two go uncounted.
        if (minute.Number != number) current = minute = new(number, new(StringComparer.Ordinal));
        return (minute.Counts, (int)((60_000 - into + 999) / 1000));
    }

    private sealed record Minute(long Number, ConcurrentDictionary<string, Tally> Counts);

    private sealed class Tally
    {
        public int Count;
    }
}
