using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Search;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using System.ComponentModel;

namespace HelpDesk.Tickets;

internal static class ListTickets
{
    private const string Newest = "-createdAt";
    private const string Oldest = "createdAt";
    private static readonly string[] Sorts = [Newest, Oldest, "promisedAt", "-updatedAt"];
    private static readonly string[] SearchSorts = [SearchTickets.Relevance, .. Sorts];

    private sealed record Key(Instant At, long Id);

    /// <summary>List tickets</summary>
    /// <remarks>
    /// Several values of one filter (repeated, or separated by commas) are alternatives; several filters all hold. With sort=promisedAt, tickets
    /// without an open promise are left out. Values are compared letter by letter, great and small; a comma separates, so a value with a comma cannot be asked for.
    ///
    /// With <c>q</c> only tickets are listed whose subject or messages have these words, public or internal, and each tells in <c>search</c> where. Several
    /// words must all be there; <c>or</c> between two asks for either, <c>-word</c> for its absence, and words between quotation marks for their order. A
    /// ticket is read in the language that its requester had when it was opened: other forms of a word are found too (invoice, invoices), small or great
    /// letters, and letters without their marks (isik finds ışık); words that say nothing by themselves (the, and) are passed over, and a q that has no
    /// others finds nothing. By relevance, the best come first among the newest matches, some hundreds at a time, and then among those before them.
    /// </remarks>
    public static async Task<Ok<Paged<TicketResponse>>> Handle(
        [Description("-createdAt (the default), createdAt, promisedAt, -updatedAt or, with q and then the default, relevance.")] string? sort,
        [Description("Words to look for in subjects and messages, at most 500 characters; blank is as if it were not there. For instance: invoice \"not paid\" -draft.")] string? q,
        Page page, HttpContext http, HelpDeskDb db, TicketDesk desk, DeskSettings settings, DeskClock clock, Caller caller,
        CancellationToken cancel)
    {
        var words = SearchQuestion.Words(http.Request);
        var order = sort ?? (words is null ? Newest : SearchTickets.Relevance);
        if (!SearchSorts.Contains(order)) throw Refusal.Invalid("sort", $"must be one of {string.Join(", ", Sorts)}, or relevance together with q");
        if (words is null && order == SearchTickets.Relevance) throw Refusal.Invalid("sort", "can be relevance only together with q");
        var now = await clock.Now(cancel);
        var selection = new TicketSelection(db, [.. TicketFilter.Read(http.Request, db, now), .. await CustomFieldFilter.Read(http.Request, db, cancel)]);
        var (paged, matches) = words is null
            ? (await ListAll(), null)
            : await SearchTickets.Read(words, order, page, selection, rows => PageOf([Spots(rows, order)]), db, desk, cancel);
        var tickets = (await desk.Reader.Read(desk.Database, [.. paged.Items], caller, cancel)).ToDictionary(ticket => ticket.Id);
        return TypedResults.Ok(new Paged<TicketResponse>(
            [.. paged.Items.Where(tickets.ContainsKey).Select(id => TicketResponse.Of(tickets[id], now, settings) with { Search = matches?.GetValueOrDefault(id) })],
            paged.NextCursor));

        async Task<Paged<long>> ListAll()
        {
            await using var transaction = await db.BeginReading(cancel);
            var listed = await PageOf(order is Newest or Oldest ? selection.ByCreation : [Spots(selection.Rows, order)]);
            await transaction.CommitAsync(cancel);
            return listed;
        }

        async Task<Paged<long>> PageOf(IReadOnlyList<IQueryable<TicketSpot>> lists)
        {
            Key? after = page.After(out Key last, order) ? last : null;
            var walked = lists.Select(list => Walk(list, order, after).Take(page.Take)).ToList();
            var merged = walked.Count == 1 ? walked[0] : Sorted(walked.Aggregate(Queryable.Union), order).Take(page.Take);
            var paged = page.Of(await merged.ToListAsync(cancel), spot => new Key(spot.At, spot.Id), order);
            return new Paged<long>([.. paged.Items.Select(spot => spot.Id)], paged.NextCursor);
        }
    }

    public static IQueryable<TicketSpot> Spots(IQueryable<TicketRow> rows, string order) => order switch
    {
        "promisedAt" => rows.Where(row => row.NextPromisedAt != null).Select(row => new TicketSpot { At = row.NextPromisedAt!.Value, Id = row.Id }),
        "-updatedAt" => rows.Select(row => new TicketSpot { At = row.UpdatedAt, Id = row.Id }),
        _ => rows.Select(row => new TicketSpot { At = row.CreatedAt, Id = row.Id }),
    };

    private static IQueryable<TicketSpot> Walk(IQueryable<TicketSpot> list, string order, Key? after) => Sorted(
        after is not { } last ? list
        : IsDescending(order) ? list.Where(spot => EF.Functions.LessThan(ValueTuple.Create(spot.At, spot.Id), ValueTuple.Create(last.At, last.Id)))
        : list.Where(spot => EF.Functions.GreaterThan(ValueTuple.Create(spot.At, spot.Id), ValueTuple.Create(last.At, last.Id))), order);

    public static IQueryable<TicketSpot> Sorted(IQueryable<TicketSpot> list, string order) => IsDescending(order)
        ? list.OrderByDescending(spot => spot.At).ThenByDescending(spot => spot.Id)
        : list.OrderBy(spot => spot.At).ThenBy(spot => spot.Id);

    private static bool IsDescending(string order) => order.StartsWith('-');
}
