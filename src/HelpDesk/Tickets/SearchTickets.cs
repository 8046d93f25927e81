using HelpDesk.Database;
using HelpDesk.Search;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Tickets;

/// <summary>The list of tickets where it is asked for words: the same filters, sorts and pages, and by relevance.</summary>
internal static class SearchTickets
{
    /// <summary>How a search is sorted unless it says otherwise.</summary>
    public const string Relevance = "relevance";

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
            var walk = new RelevanceWalk(question.Newest, (from, to) => Ask(db, selection.Rows, !selection.IsAll, question, from, to, cancel));
            RelevanceKey? after = page.After(out RelevanceKey last, ListOf(words)) ? last : null;
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
    /// Few matches are looked up and then sorted. Of many, the list's own order soon meets a page: it is walked, each row asked. Which of them it is must be
    /// known: statistics of words are guesses, and the wrong walk goes through all tickets.
    /// </summary>
    private static async Task<IQueryable<TicketRow>> Found(HelpDeskDb db, IQueryable<TicketRow> filtered, SearchQuestion question, CancellationToken cancel)
    {
        var walk = new RelevanceWalk(question.Newest, (from, to) => Ask(db, filtered, isFiltered: false, question, from, to, cancel));
        if (await walk.ReadFew() is { } few)
        {
            long[] ids = [.. few.Select(hit => hit.TicketId)];
            return filtered.Where(row => ids.Contains(row.Id));
        }

        var hits = Hits(db, question, [], 0, long.MaxValue);
        return filtered.Where(row => hits.Any(hit => hit.TicketId == row.Id));
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
}
