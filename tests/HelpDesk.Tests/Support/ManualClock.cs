using HelpDesk.Time;

namespace HelpDesk.Tests.Support;

/// <summary>Machine time that stands still until it is advanced; timers ring on the way, in order.</summary>
internal sealed class ManualClock(Instant start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private Instant now = start;

    public ManualClock()
        : this(Instant.FromUtc(2026, 3, 2, 8, 0))
    {
    }

    public Instant Now => this.GetCurrentInstant();

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now.ToDateTimeOffset();
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(Duration by)
    {
        var end = Now + by;
        while (NextRing(end) is { } timer) timer.Ring();
        Set(end);
    }

    /// <summary>Sets the time without ringing anything; it may go backward.</summary>
    public void Set(Instant to)
    {
        lock (gate) now = to;
    }

    private Timer? NextRing(Instant end)
    {
        lock (gate)
        {
            var next = timers.Where(timer => timer.RingsAt <= end).MinBy(timer => timer.RingsAt);
            if (next?.RingsAt > now) now = next.RingsAt!.Value;
            return next;
        }
    }

    private sealed class Timer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        public Instant? RingsAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan every)
        {
            lock (clock.gate)
            {
                period = every;
                RingsAt = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + Duration.FromTimeSpan(dueTime);
                clock.timers.Remove(this);
                if (RingsAt is not null) clock.timers.Add(this);
            }

            return true;
        }

        public void Ring()
        {
            Change(period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan, period);
            callback(state);
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
