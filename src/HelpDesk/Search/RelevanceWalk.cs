namespace HelpDesk.Search;

/// <summary>A ticket that was found. The higher the rank, the better.</summary>
internal sealed record SearchHit(long TicketId, float Rank);

/// <summary>Where a page ended: within which tickets (the first inclusive, the last exclusive) was ranked, and by whom it ended.</summary>
internal sealed record RelevanceKey(long From, long To, float Rank, long Id)
{
    public bool Precedes(SearchHit hit) => (hit.Rank, hit.TicketId).CompareTo((Rank, Id)) < 0;
}

/// <summary>
/// Best first, at a cost that does not grow with how common the words are: five hundred matches or more are gathered from the newest ticket backwards and
/// ranked, then the next hundreds before those. What has fewer matches than that is ranked as a whole.
/// </summary>
/// <param name="newest">The highest number of a ticket.</param>
/// <param name="ask">The matches among the tickets from (inclusive) to (exclusive), in any order.</param>
internal sealed class RelevanceWalk(long newest, Func<long, long, Task<List<SearchHit>>> ask)
{
    private const int Enough = 500;
    private const int Few = 2000;

    public async Task<List<RelevanceKey>> Read(RelevanceKey? after, int take)
    {
        var page = new List<RelevanceKey>();
        var end = newest + 1;
        if (after is not null)
        {
            page.AddRange(Ranked(after.From, after.To, (await ask(after.From, after.To)).Where(after.Precedes)));
            end = after.From;
        }

        while (page.Count < take && end > 0)
        {
            var (from, hits) = await Gather(end, Enough);
            page.AddRange(Ranked(from, end, hits));
            end = from;
        }

        return [.. page.Take(take)];
    }

    /// <summary>Every match, where they are few; null where they are many.</summary>
    public async Task<List<SearchHit>?> ReadFew()
    {
        var (from, hits) = await Gather(newest + 1, Few);
        return from == 0 ? hits : null;
    }

    private static IEnumerable<RelevanceKey> Ranked(long from, long to, IEnumerable<SearchHit> hits) => hits
        .OrderByDescending(hit => hit.Rank).ThenByDescending(hit => hit.TicketId)
        .Select(hit => new RelevanceKey(from, to, hit.Rank, hit.TicketId));

    private async Task<(long From, List<SearchHit> Hits)> Gather(long end, int enough)
    {
        var (from, level) = (end, 0);
        var hits = new List<SearchHit>();
        while (from > 0 && hits.Count < enough)
        {
            var begin = Shelves.Begin(from, level);
            hits.AddRange(await ask(begin, from));
            from = begin;
            level = Next(level, hits.Count, end - from, enough);
        }

        return (from, hits);
    }

    /// <summary>The largest shelf that will not bring many more than enough, by what was found so far; and not at once from the smallest to the largest.</summary>
    private static int Next(int level, int found, long among, int enough)
    {
        var next = Math.Min(level + 1, Shelves.Levels - 1);
        while (next > 0 && found > 0 && Shelves.Size(next) * found / among > enough) next--;
        return next;
    }
}
