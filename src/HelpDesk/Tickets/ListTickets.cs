using System.ComponentModel;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Tickets;

internal static class ListTickets
{
    private const string Newest = "-createdAt";
    private static readonly string[] Sorts = [Newest, "createdAt", "promisedAt", "-updatedAt"];

    private sealed record Key(Instant At, long Id);

    private sealed record Found(long Id, Instant CreatedAt, Instant UpdatedAt, Instant? NextPromisedAt);

    /// <summary>List tickets</summary>
    /// <remarks>
    /// Several values of one filter (repeated, or separated by commas) are alternatives; several filters all hold. Sorted by promisedAt, tickets without an
    /// open promise are left out.
    /// </remarks>
    public static async Task<Ok<Paged<TicketResponse>>> Handle(
        [Description("-createdAt (the default), createdAt, promisedAt or -updatedAt.")] string? sort,
        Page page, HttpContext http, HelpDeskDb db, TicketDesk desk, DeskSettings settings, DeskClock clock, Caller caller,
        CancellationToken cancel)
    {
        var order = sort ?? Newest;
        if (!Sorts.Contains(order)) throw Refusal.Invalid("sort", $"must be one of {string.Join(", ", Sorts)}");
        var now = await clock.Now(cancel);
        var rows = TicketFilter.Apply(db.Set<TicketRow>().AsNoTracking(), db, http.Request, now);
        if (page.After(out Key last, order)) rows = After(rows, order, last);
        var found = await Sorted(rows, order).Take(page.Take)
            .Select(row => new Found(row.Id, row.CreatedAt, row.UpdatedAt, row.NextPromisedAt)).ToListAsync(cancel);
        var paged = page.Of(found, row => new Key(order switch { "promisedAt" => row.NextPromisedAt!.Value, "-updatedAt" => row.UpdatedAt, _ => row.CreatedAt }, row.Id), order);
        var tickets = (await desk.Reader.Read(desk.Database, [.. paged.Items.Select(row => row.Id)], caller, cancel)).ToDictionary(ticket => ticket.Id);
        return TypedResults.Ok(new Paged<TicketResponse>(
            [.. paged.Items.Where(row => tickets.ContainsKey(row.Id)).Select(row => TicketResponse.Of(tickets[row.Id], now, settings))], paged.NextCursor));
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
