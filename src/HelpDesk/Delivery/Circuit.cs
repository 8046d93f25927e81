namespace HelpDesk.Delivery;

/// <summary>
/// What is known of one host. After a few failures in a row to reach it, the circuit opens: nothing is tried but one probe at a time, the first after a second,
/// then ever more rarely. Any answer closes it, a refusal too: whoever refuses is there. Machine time; per process, in memory.
/// </summary>
internal sealed class Circuit
{
    /// <summary>So many failures in a row open it.</summary>
    public const int Threshold = 3;

    /// <summary>The longest pause between probes.</summary>
    public static readonly Duration Longest = Duration.FromSeconds(30);

    private static readonly Duration First = Duration.FromSeconds(1);
    private readonly Lock gate = new();
    private int failures;
    private Duration pause;
    private Instant? probeAt;
    private bool isProbing;

    public bool IsOpen
    {
        get
        {
            lock (gate) return probeAt is not null;
        }
    }

    /// <summary>How many more attempts may begin: null for any number.</summary>
    public int? Allowance(Instant now)
    {
        lock (gate) return probeAt is not { } at ? null : IsDue(at, now) && !isProbing ? 1 : 0;
    }

    /// <summary>One that lies further ahead than any pause was meant by a clock that has been set back since.</summary>
    private static bool IsDue(Instant at, Instant now) => at <= now || at > now + Longest;

    /// <summary>When the next probe is due; null while the circuit is closed, or a probe is under way.</summary>
    public Instant? NextProbe
    {
        get
        {
            lock (gate) return isProbing ? null : probeAt;
        }
    }

    /// <summary>An attempt is about to begin, if it may. Its end must be told.</summary>
    public bool TryBegin(Instant now)
    {
        lock (gate)
        {
            if (probeAt is not { } at) return true;
            if (!IsDue(at, now) || isProbing) return false;
            return isProbing = true;
        }
    }

    /// <summary>What was about to begin did not.</summary>
    public void LeftAlone()
    {
        lock (gate) isProbing = false;
    }

    /// <returns>True where this closed it.</returns>
    public bool Answered()
    {
        lock (gate)
        {
            var wasOpen = probeAt is not null;
            (failures, probeAt, isProbing) = (0, null, false);
            return wasOpen;
        }
    }

    /// <param name="now">Machine time.</param>
    /// <param name="random">0 inclusive to 1 exclusive: each pause is between half and the whole.</param>
    /// <returns>True where this opened it.</returns>
    public bool Failed(Instant now, double random)
    {
        lock (gate)
        {
            if (probeAt is null)
            {
                if (++failures < Threshold) return false;
                pause = First;
                probeAt = now + pause;
                return true;
            }

            // One that was under way when the circuit opened says nothing new.
            if (!isProbing) return false;
            isProbing = false;
            pause = Duration.Min(Longest, pause * 2);
            probeAt = now + pause * (0.5 + random / 2);
            return false;
        }
    }
}
