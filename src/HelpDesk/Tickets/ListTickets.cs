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
    private static readonly string[] Sorts = [Newest, "createdAt", "promisedAt", "-updatedAt"];
    private static readonly string[] SearchSorts = [SearchTickets.Relevance, .. Sorts];

    private sealed record Key(Instant At, long Id);

    private sealed record Found(long Id, Instant CreatedAt, Instant UpdatedAt, Instant? NextPromisedAt);

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
        var all = db.Set<TicketRow>().AsNoTracking();
        var rows = await CustomFieldFilter.Apply(TicketFilter.Apply(all, db, http.Request, now), db, http.Request, cancel);
        var (paged, matches) = words is null
            ? (await PageOf(rows), null)
            : await SearchTickets.Read(words, order, page, rows, !ReferenceEquals(rows, all), PageOf, db, desk, cancel);
        var tickets = (await desk.Reader.Read(desk.Database, [.. paged.Items], caller, cancel)).ToDictionary(ticket => ticket.Id);
        return TypedResults.Ok(new Paged<TicketResponse>(
            [.. paged.Items.Where(tickets.ContainsKey).Select(id => TicketResponse.Of(tickets[id], now, settings) with { Search = matches?.GetValueOrDefault(id) })],
            paged.NextCursor));

        async Task<Paged<long>> PageOf(IQueryable<TicketRow> listed)
        {
            if (page.After(out Key last, order)) listed = After(listed, order, last);
            var found = await Sorted(listed, order).Take(page.Take)
                .Select(row => new Found(row.Id, row.CreatedAt, row.UpdatedAt, row.NextPromisedAt)).ToListAsync(cancel);
            var paged = page.Of(found, row => new Key(order switch { "promisedAt" => row.NextPromisedAt!.Value, "-updatedAt" => row.UpdatedAt, _ => row.CreatedAt }, row.Id), order);
            return new Paged<long>([.. paged.Items.Select(row => row.Id)], paged.NextCursor);
        }
    }

    private static IQueryable<TicketRow> After(IQueryable<TicketRow> rows, string order, Key last) => order switch
    {
        "createdAt" => rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.CreatedAt, row.Id), ValueTuple.Create(last.At, last.Id))),
        "promisedAt" => rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.NextPromisedAt, row.Id), ValueTuple.Create((Instant?)last.At, last.Id))),
        "-updatedAt" => rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.UpdatedAt, row.Id), ValueTuple.Create(last.At, last.Id))),
        _ => rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.CreatedAt, row.Id), ValueTuple.Create(last.At, last.Id))),
    };

    private static IQueryable<TicketRow> Sorted(IQueryable<TicketRow> rows, string order) => order switch
    {
        "createdAt" => rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id),
        "promisedAt" => rows.Where(row => row.NextPromisedAt != null).OrderBy(row => row.NextPromisedAt).ThenBy(row => row.Id),
        "-updatedAt" => rows.OrderByDescending(row => row.UpdatedAt).ThenByDescending(row => row.Id),
        _ => rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id),
    };
}
