namespace HelpDesk.Faults;

/// <summary>
/// What was done to the desks and when, by the machine's clock; and what their own clocks said then. What the audit may excuse, it must find in here.
/// </summary>
internal sealed class Timeline(MovedClock clock)
{
    private readonly Lock gate = new();
    private readonly List<Kill> kills = [];
    private readonly List<Stretch> away = [];
    private readonly List<Stretch> up = [];
    private readonly List<Jump> jumps = [];
    private readonly Dictionary<string, Instant> upSince = [];

    public static Instant Now => Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    public IReadOnlyList<Kill> Kills => [.. kills];

    public IReadOnlyList<Stretch> DatabaseAway => [.. away];

    public IReadOnlyList<Jump> Jumps => [.. jumps];

    public TimeSpan Offset => clock.Offset;

    public Instant DeskNow => Now + Duration.FromTimeSpan(clock.Offset);

    public void Ready(string desk)
    {
        lock (gate) upSince[desk] = Now;
    }

    /// <summary>Before the blow falls, so that nothing that it cuts off comes before it. <see cref="Kill.Over"/> is said when the desk is no more: until then it may go on.</summary>
    public Kill Killed(string desk)
    {
        lock (gate)
        {
            Down(desk);
            kills.Add(new Kill(desk, Now));
            return kills[^1];
        }
    }

    public void Stopped(string desk)
    {
        lock (gate) Down(desk);
    }

    private void Down(string desk)
    {
        if (upSince.Remove(desk, out var since)) up.Add(new Stretch(since, Now));
    }

    public void WasAway(Instant from, Instant to)
    {
        lock (gate) away.Add(new Stretch(from, to));
    }

    public void Move(TimeSpan by)
    {
        lock (gate)
        {
            var before = clock.Offset;
            clock.Offset = before + by;
            jumps.Add(new Jump(Now, Duration.FromTimeSpan(before), Duration.FromTimeSpan(before + by)));
        }
    }

    /// <summary>What the desks' clocks said at an instant of the machine's.</summary>
    public Instant DeskTime(Instant at)
    {
        var offset = jumps.LastOrDefault(jump => jump.At <= at)?.After ?? Duration.Zero;
        return at + offset;
    }

    private IReadOnlyList<Stretch> SomebodyUp()
    {
        lock (gate) return Stretch.Union([.. up, .. upSince.Values.Select(since => new Stretch(since, Now))]);
    }

    /// <summary>How much of a stretch of the machine's time at least one desk was ready.</summary>
    public double ShareReady(Stretch within) => SomebodyUp().Sum(stretch => stretch.Shared(within).TotalSeconds) / within.Length.TotalSeconds;

    /// <summary>The stretches, by the desks' clocks, in which at least one desk was ready, the database was there and the clocks ran evenly.</summary>
    public IReadOnlyList<Stretch> Working(Duration recovering)
    {
        IEnumerable<Stretch> stretches = SomebodyUp();
        foreach (var gap in away) stretches = stretches.SelectMany(stretch => stretch.Without(new Stretch(gap.From, gap.To + recovering)));
        foreach (var jump in jumps) stretches = stretches.SelectMany(stretch => stretch.Without(new Stretch(jump.At, jump.At)));
        return [.. stretches.Where(stretch => stretch.Length > Duration.Zero).Select(stretch => new Stretch(DeskTime(stretch.From), DeskTime(stretch.From) + stretch.Length))];
    }
}

/// <summary>The desks' clocks were set: how far they were off the machine's before and after.</summary>
internal sealed record Jump(Instant At, Duration Before, Duration After);

/// <summary>A desk was killed, at some instant of a short stretch of the machine's time.</summary>
internal sealed class Kill(string desk, Instant from)
{
    public string Desk => desk;

    public Stretch Time { get; private set; } = new(from, Instant.MaxValue);

    public void Over() => Time = new(from, Timeline.Now);
}
