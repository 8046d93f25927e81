using System.Collections.Concurrent;
using System.Text.Json;
using HelpDesk.Delivery;
using HelpDesk.Web;
using HelpDesk.Web.Json;

namespace HelpDesk.Advisories;

/// <summary>Names one advisory as it stood.</summary>
internal readonly record struct AdvisoryKey(Guid Id, long Version);

/// <summary>Those published that were not over when they were read, the newest first: also those that are still to begin.</summary>
internal sealed class PublishedAdvisories(IReadOnlyList<AdvisoryKey> keys, IReadOnlyList<KnownAdvisory> advisories)
{
    private volatile ActiveAdvisories? last;

    public bool AreOf(IEnumerable<AdvisoryKey> others) => keys.SequenceEqual(others);

    /// <summary>Those that hold now. The same object for as long as they are the same, so that what was made of it knows when it is over.</summary>
    public ActiveAdvisories At(Instant now)
    {
        if (last is { } known && known.HoldsAt(now)) return known;
        var turns = advisories.SelectMany(advisory => new[] { advisory.From, advisory.Until ?? Instant.MaxValue }).ToList();
        return last = new(
            [.. advisories.Where(advisory => advisory.IsActive(now))],
            turns.Where(turn => turn <= now).DefaultIfEmpty(Instant.MinValue).Max(), turns.Where(turn => turn > now).DefaultIfEmpty(Instant.MaxValue).Min());
    }
}

/// <summary>Those that hold from one instant (inclusive) to another (exclusive), the newest first, and the answers that were made of them.</summary>
internal sealed class ActiveAdvisories(IReadOnlyList<KnownAdvisory> all, Instant from, Instant to)
{
    /// <summary>Bounds memory: languages are for anybody to name.</summary>
    private const int MostKept = 100;

    private readonly ConcurrentDictionary<string, KeptBody> kept = new();

    public IReadOnlyList<KnownAdvisory> All => all;

    public bool HoldsAt(Instant now) => from <= now && now < to;

    /// <summary>The public answer, and the languages that it is in.</summary>
    public (KeptBody Body, IReadOnlyList<string> Locales) In(IReadOnlyList<string?> wanted, Languages languages)
    {
        var told = all.Select(advisory => (Advisory: advisory, Told: advisory.In(wanted, languages))).ToList();
        if (kept.Count >= MostKept) kept.Clear();
        var body = kept.GetOrAdd(string.Join(' ', told.Select(each => each.Told.Locale)), _ => new(JsonSerializer.SerializeToUtf8Bytes(
            new PublicAdvisories([.. told.Select(each => PublicAdvisory.Of(each.Advisory, each.Told))]), JsonConventions.Options)));
        return (body, [.. told.Select(each => each.Told.Locale).Distinct()]);
    }
}
