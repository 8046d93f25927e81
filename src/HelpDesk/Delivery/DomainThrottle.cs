using System.Collections.Concurrent;

namespace HelpDesk.Delivery;

/// <summary>
/// How many messages may go to one domain within any minute: <c>Mail:PerDomain</c>, and <c>Mail:Domains:…</c> for some. Counted by each server for itself, in
/// memory, by the machine's clock.
/// </summary>
internal sealed class DomainThrottle(int perMinute, IReadOnlyDictionary<string, int> ofDomains)
{
    private static readonly Duration Minute = Duration.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Queue<Instant>> taken = new(StringComparer.Ordinal);

    public bool IsOn => perMinute > 0 || ofDomains.Count > 0;

    /// <summary>For domains that nothing else is known of; null for no limit.</summary>
    public int? Otherwise => perMinute > 0 ? perMinute : null;

    private int? LimitOf(string domain) => (ofDomains.TryGetValue(domain, out var own) ? own : perMinute) is > 0 and var limit ? limit : null;

    /// <summary>Takes one of the minute's messages, where one is left.</summary>
    public bool TryTake(string domain, Instant now)
    {
        if (LimitOf(domain) is not { } limit) return true;
        var instants = taken.GetOrAdd(domain, _ => new());
        lock (instants)
        {
            Forget(instants, now);
            if (instants.Count >= limit) return false;
            instants.Enqueue(now);
            return true;
        }
    }

    /// <summary>How many each domain has left, where that is not what <see cref="Otherwise"/> says; int.MaxValue for no limit.</summary>
    public IReadOnlyDictionary<string, int> Left(Instant now)
    {
        var left = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var domain in ofDomains.Keys) left[domain] = LimitOf(domain) ?? int.MaxValue;
        foreach (var (domain, instants) in taken)
        {
            lock (instants)
            {
                Forget(instants, now);
                left[domain] = LimitOf(domain)!.Value - instants.Count;
            }
        }

        return left;
    }

    /// <summary>When the first of the domains that have none left has one again.</summary>
    public Instant? NextLeft(Instant now)
    {
        Instant? next = null;
        foreach (var (domain, instants) in taken)
        {
            lock (instants)
            {
                Forget(instants, now);
                if (instants.Count < LimitOf(domain)) continue;
                var at = instants.Peek() + Minute;
                if (next is null || at < next) next = at;
            }
        }

        return next;
    }

    private static void Forget(Queue<Instant> instants, Instant now)
    {
        // A clock that was set back must not hold anybody up for longer than a minute.
        while (instants.TryPeek(out var first) && (first + Minute <= now || first > now)) instants.Dequeue();
    }
}
