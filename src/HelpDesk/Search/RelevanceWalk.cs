namespace HelpDesk.Search;

/// <summary>A ticket that was found. The higher the rank, the better.</summary>
internal sealed record SearchHit(long TicketId, float Rank);

/// <summary>
/// Where a page ended: within which tickets (the first inclusive, the last exclusive) was ranked, and by whom it ended. They are told by their numbers or,
/// <paramref name="ByCreation"/>, by when they were created, in microseconds since 1970.
/// </summary>
internal sealed record RelevanceKey(long From, long To, float Rank, long Id, bool ByCreation = false)
{
    public bool Precedes(SearchHit hit) => (hit.Rank, hit.TicketId).CompareTo((Rank, Id)) < 0;
}

/// <summary>
/// Best first, at a cost that does not grow with how common the words are: five hundred matches or more are gathered from the newest ticket backwards and
/// ranked, then the next hundreds before those. What has fewer matches than that is ranked as a whole.
/// </summary>
/// <param name="stretches">The tickets in stretches, the newest first.</param>
/// <param name="ask">The matches among the tickets from (inclusive) to (exclusive), in any order.</param>
internal sealed class RelevanceWalk(IStretches stretches, Func<long, long, Task<List<SearchHit>>> ask)
{
    private const int Enough = 500;

    public async Task<List<RelevanceKey>> Read(RelevanceKey? after, int take)
    {
        var page = new List<RelevanceKey>();
        var end = stretches.End;
        if (after is not null)
        {
            page.AddRange(Ranked(after.From, after.To, (await ask(after.From, after.To)).Where(after.Precedes)));
            end = after.From;
        }

        while (page.Count < take && end > 0)
        {
            var (from, hits) = await Gather(end, take - page.Count);
            page.AddRange(Ranked(from, end, hits));
            end = from;
        }

        return [.. page.Take(take)];
    }

    private IEnumerable<RelevanceKey> Ranked(long from, long to, IEnumerable<SearchHit> hits) => hits
        .OrderByDescending(hit => hit.Rank).ThenByDescending(hit => hit.TicketId)
        .Select(hit => new RelevanceKey(from, to, hit.Rank, hit.TicketId, stretches.AreByCreation));

    private async Task<(long From, List<SearchHit> Hits)> Gather(long end, int needed)
    {
        var (from, level, among) = (end, 0, 0d);
        var hits = new List<SearchHit>();
        while (from > 0 && hits.Count < Enough && (hits.Count < needed || among < stretches.Patience))
        {
            var begin = await stretches.Begin(from, level);
            hits.AddRange(await ask(begin, from));
            among += stretches.Size(level);
            from = begin;
            level = Next(level, hits.Count, among);
        }

        return (from, hits);
    }

    /// <summary>The largest stretch that will not bring many more than enough, by what was found so far; and not at once from the smallest to the largest.</summary>
    private int Next(int level, int found, double among)
    {
        var next = Math.Min(level + 1, stretches.Levels - 1);
        while (next > 0 && found > 0 && stretches.Size(next) * found / among > Enough) next--;
        return next;
    }
}
