namespace HelpDesk.Faults;

/// <summary>What is wrong with a sink for a while.</summary>
internal enum SinkFault
{
    None,

    /// <summary>Nobody listens.</summary>
    Refuse,

    /// <summary>Connections are taken, and some are never answered, at one step or another.</summary>
    Hang,

    /// <summary>Hung up on in the middle of the content.</summary>
    Close,

    /// <summary>Told to come again later: a 4xx.</summary>
    Defer,

    /// <summary>The answer takes one to three seconds.</summary>
    Slow,
}

/// <summary>The faults of one sink: windows of one to four seconds, drawn from the seed, a bit less than half of the time. Healed, it is sound for good.</summary>
internal sealed class FaultPlan
{
    private static readonly SinkFault[] Kinds = [SinkFault.Refuse, SinkFault.Hang, SinkFault.Close, SinkFault.Defer, SinkFault.Slow, SinkFault.Slow];

    private readonly List<(TimeSpan From, TimeSpan To, SinkFault Fault)> windows = [];
    private readonly long began = TimeProvider.System.GetTimestamp();
    private readonly Random chance;
    private volatile bool healed;

    public FaultPlan(Random chance, TimeSpan length)
    {
        this.chance = chance;
        for (var at = Between(2, 5); at < length; at += Between(2, 6))
        {
            var to = at + Between(1, 4);
            windows.Add((at, to, Kinds[chance.Next(Kinds.Length)]));
            at = to;
        }
    }

    public int Windows => windows.Count;

    public SinkFault Now
    {
        get
        {
            if (healed) return SinkFault.None;
            var at = TimeProvider.System.GetElapsedTime(began);
            return windows.FirstOrDefault(window => window.From <= at && at < window.To).Fault;
        }
    }

    public void Heal() => healed = true;

    /// <summary>Whether this one is struck, while its fault lasts.</summary>
    public bool Strikes(double share)
    {
        lock (chance) return chance.NextDouble() < share;
    }

    public TimeSpan Slowness()
    {
        lock (chance) return Between(1, 3);
    }

    private TimeSpan Between(double least, double most) => TimeSpan.FromSeconds(least + (most - least) * chance.NextDouble());
}
