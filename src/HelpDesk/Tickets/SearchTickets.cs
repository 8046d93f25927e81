using HelpDesk.Database;
using HelpDesk.Search;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Tickets;

/// <summary>The list of tickets where it is asked for words: the same filters, sorts and pages, and by relevance.</summary>
internal static class SearchTickets
{
    /// <summary>How a search is sorted unless it says otherwise.</summary>
    public const string Relevance = "relevance";

    private const int Sample = 1000;
    private const int NewestSample = 4096;

    /// <summary>Of the newest sample: a list of 50 is then met within some ten thousand rows.</summary>
    private const int Many = 20;
    private const int Few = 10_000;

    /// <summary>The page's tickets in order, with where each matches.</summary>
    /// <param name="selection">The tickets that the filters leave.</param>
    /// <param name="list">The rest of the list by another order than relevance: the found tickets on this page.</param>
    public static async Task<(Paged<long> Page, IReadOnlyDictionary<long, SearchMatch> Matches)> Read(
        string words, string order, Page page, TicketSelection selection, Func<IQueryable<TicketRow>, Task<Paged<long>>> list,
        HelpDeskDb db, TicketDesk desk, CancellationToken cancel)
    {
        var question = await SearchQuestion.Read(desk.Database, words, cancel);
        if (question.IsEmpty) return (new Paged<long>([], null), new Dictionary<long, SearchMatch>());
        await using var transaction = await db.BeginReading(cancel);
        Paged<long> found;
        if (order == Relevance)
        {
            RelevanceKey? after = page.After(out RelevanceKey last, ListOf(words)) ? last : null;
            var walk = await Walk(db, selection, question, after, cancel);
            var paged = page.Of(await walk.Read(after, page.Take), key => key, ListOf(words));
            found = new Paged<long>([.. paged.Items.Select(key => key.Id)], paged.NextCursor);
        }
        else
        {
            found = await list(await Found(db, selection.Rows, question, cancel));
        }

        await transaction.CommitAsync(cancel);
        return (found, await SearchMatches.Read(desk.Database, question, [.. found.Items], cancel));
    }

    /// <summary>
    /// The words of a question are looked up and the filters asked of what has them, or the filters are walked and the question asked of what they leave: whichever
    /// leaves less. Which it is, the newest tickets that the filters leave tell; a list that has begun goes on as it began.
    /// </summary>
    private static async Task<RelevanceWalk> Walk(HelpDeskDb db, TicketSelection selection, SearchQuestion question, RelevanceKey? after, CancellationToken cancel)
    {
        var stretches = new CreatedStretches((end, rows) => Begin(selection, end, rows, cancel));
        var byWords = new RelevanceWalk(new NumberedStretches(question.Newest), (from, to) => Ask(db, selection.Rows, !selection.IsAll, question, from, to, cancel));
        var byFilter = new RelevanceWalk(stretches, (from, to) => AskFiltered(db, selection, question, from, to, cancel));
        if (after is not null) return after.ByCreation ? byFilter : byWords;
        if (selection.IsAll) return byWords;
        var begin = await Begin(selection, stretches.End, Sample, cancel);
        if (begin == 0) return byFilter;
        var oldest = await Between(selection, begin, stretches.End).MinAsync(spot => spot.Id, cancel);
        var matching = (await AskFiltered(db, selection, question, begin, stretches.End, cancel)).Count;
        return (double)matching / Sample >= Sample / (question.Newest - oldest + 1d) ? byFilter : byWords;
    }

    private static async Task<long> Begin(TicketSelection selection, long end, int rows, CancellationToken cancel)
    {
        var before = At(end);
        var ways = selection.ByCreation.Select(way => way.Where(spot => spot.At < before).OrderByDescending(spot => spot.At).ThenByDescending(spot => spot.Id).Take(rows)).ToList();
        var merged = ways.Count == 1 ? ways[0] : ways.Aggregate(Queryable.Union).OrderByDescending(spot => spot.At).ThenByDescending(spot => spot.Id);
        var begin = await merged.Skip(rows - 1).Take(1).Select(spot => (Instant?)spot.At).FirstOrDefaultAsync(cancel);
        return begin is { } instant ? (instant - NodaConstants.UnixEpoch).ToMicroseconds() : 0;
    }

    private static async Task<List<SearchHit>> AskFiltered(HelpDeskDb db, TicketSelection selection, SearchQuestion question, long from, long to, CancellationToken cancel)
    {
        // In two steps: how many tickets a state leaves PostgreSQL cannot guess, and would rather read all texts.
        var ids = await Between(selection, from, to).Select(spot => spot.Id).ToArrayAsync(cancel);
        return await HitsAmong(db, question).Where(hit => ids.Contains(hit.TicketId)).ToListAsync(cancel);
    }

    private static IQueryable<TicketSpot> Between(TicketSelection selection, long from, long to)
    {
        var (first, end) = (At(from), At(to));
        return selection.ByCreation.Select(way => way.Where(spot => spot.At >= first && spot.At < end)).Aggregate(Queryable.Union);
    }

    /// <summary>0 stands for before everything.</summary>
    private static Instant At(long microseconds) => microseconds == 0 ? Instant.FromUtc(1, 1, 1, 0, 0) : NodaConstants.UnixEpoch + Instants.FromMicroseconds(microseconds);

    /// <summary>
    /// Words that few tickets have are looked up, and the tickets then sorted. Where many have them, the list's own order soon meets a page: it is walked, each row
    /// asked. Which of them it is must be known: statistics of words are guesses, and the wrong walk goes through all tickets.
    /// </summary>
    private static async Task<IQueryable<TicketRow>> Found(HelpDeskDb db, IQueryable<TicketRow> filtered, SearchQuestion question, CancellationToken cancel)
    {
        var hits = Hits(db, question, question.Excludes ? Shelves.Covering(0, question.Newest + 1) : [], 0, long.MaxValue);
        var newest = await Ask(db, filtered, isFiltered: false, question, Math.Max(question.Newest + 1 - NewestSample, 0), question.Newest + 1, cancel);
        if (newest.Count < Many && await hits.Select(hit => hit.TicketId).Take(Few + 1).ToArrayAsync(cancel) is { Length: <= Few } ids) return filtered.Where(row => ids.Contains(row.Id));
        var among = HitsAmong(db, question);
        return filtered.Where(row => among.Any(hit => hit.TicketId == row.Id));
    }

    /// <summary>A rank means nothing for other words.</summary>
    private static string ListOf(string words) => $"{Relevance} {words}";

    private static async Task<List<SearchHit>> Ask(
        HelpDeskDb db, IQueryable<TicketRow> filtered, bool isFiltered, SearchQuestion question, long from, long to, CancellationToken cancel)
    {
        // Down to the first ticket a shelf would leave little out.
        var hits = Hits(db, question, from == 0 && !question.Excludes ? [] : Shelves.Covering(from, to), from, to);
        return await (isFiltered ? filtered.Join(hits, row => row.Id, hit => hit.TicketId, (_, hit) => hit) : hits).ToListAsync(cancel);
    }

    private static IQueryable<SearchHit> Hits(HelpDeskDb db, SearchQuestion question, IReadOnlyList<string> shelves, long from, long to)
    {
        var (anyLanguage, questions, languages) = (question.On(shelves), question.Questions, question.Languages);
        return db.Database.SqlQuery<SearchHit>(
            $"""
            select ticket_id as "TicketId", search_rank(document, ({questions}::tsquery[])[array_position({languages}, language)]) as "Rank"
            from ticket_texts
            where document @@ {anyLanguage}::tsquery and document @@ ({questions}::tsquery[])[array_position({languages}, language)]
                and ticket_id >= {from} and ticket_id < {to}
            """);
    }

    /// <summary>Without a word for the index: of tickets that were found otherwise.</summary>
    private static IQueryable<SearchHit> HitsAmong(HelpDeskDb db, SearchQuestion question)
    {
        var (questions, languages) = (question.Questions, question.Languages);
        return db.Database.SqlQuery<SearchHit>(
            $"""
            select ticket_id as "TicketId", search_rank(document, ({questions}::tsquery[])[array_position({languages}, language)]) as "Rank"
            from ticket_texts where document @@ ({questions}::tsquery[])[array_position({languages}, language)]
            """);
    }
}
