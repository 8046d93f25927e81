using HelpDesk.Access;
using System.Runtime.CompilerServices;
using HelpDesk.Attachments;
using HelpDesk.Customers;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Recovery;
using HelpDesk.Tickets;
using HelpDesk.Time;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.Dossiers;

/// <summary>Everything that is kept of a customer.</summary>
/// <param name="ExportedAt">When it was read.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Tickets">The tickets with their commitments and promises, oldest first, each with its messages.</param>
/// <param name="Elsewhere">What she wrote on others' tickets, which she watched, and what agents were told there of her mail, oldest first.</param>
/// <param name="Quoted">What her mail quoted, oldest first.</param>
/// <param name="Deliveries">What was written to the customer, oldest first, with its words as long as they are kept.</param>
public sealed record CustomerExport(
    Instant ExportedAt, CustomerResponse Customer, IAsyncEnumerable<ExportedTicket> Tickets, IAsyncEnumerable<MessageResponse> Elsewhere, IAsyncEnumerable<QuotedMail> Quoted,
    IAsyncEnumerable<DeliveryAnswer> Deliveries);

/// <summary>What a mail quoted of the mail before it: it is no part of the message.</summary>
/// <param name="MessageId">The message that the mail became.</param>
/// <param name="Text">What it quoted.</param>
public sealed record QuotedMail(Guid MessageId, string Text);

/// <summary>A ticket with its messages.</summary>
/// <param name="Ticket">The ticket, with its commitments and promises.</param>
/// <param name="Messages">Its messages, internal ones among them, oldest first; and those that were written on it and are on another's ticket now.</param>
/// <param name="Recoveries">What followed each of its broken promises.</param>
/// <param name="Remedies">How agents made amends, oldest first.</param>
public sealed record ExportedTicket(
    TicketResponse Ticket, IAsyncEnumerable<MessageResponse> Messages, IReadOnlyList<RecoveryResponse> Recoveries, IReadOnlyList<RemedyResponse> Remedies);

internal static class ExportCustomer
{
    private const int AtOnce = 100;

    /// <summary>Export everything kept of a customer</summary>
    /// <remarks>
    /// One JSON document, however long, written while it is read: an answer that ends early is not whole and is no JSON. It is not one moment's picture: what changes
    /// meanwhile may be in it or not.
    /// </remarks>
    public static async Task<Ok<CustomerExport>> Handle(
        Guid id, HttpContext http, HelpDeskDb db, TicketDesk desk, DeskSettings settings, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        caller.MustSeeAll();
        var now = await clock.Now(cancel);
        var customer = await ReadCustomer.Find(db.Whole().AsNoTracking(), id, cancel) ?? throw await ReadCustomer.Gone(db, id, StatusCodes.Status404NotFound, cancel);
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"customer-{id}.json\"";
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new CustomerExport(now, CustomerResponse.Of(customer), Tickets(id, db, desk, settings, now, caller, cancel), Elsewhere(id, db, desk.Database, cancel), HerMail.Quoted(id, desk.Database, AtOnce, cancel), Deliveries(id, db, cancel)));
    }

    /// <summary>A page at a time: never more in memory, and no connection held in between.</summary>
    private static async IAsyncEnumerable<ExportedTicket> Tickets(
        Guid customer, HelpDeskDb db, TicketDesk desk, DeskSettings settings, Instant now, Caller caller, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (long[] ids = [0]; ids.Length > 0;)
        {
            var last = ids.Max();
            ids = await db.Set<TicketRow>().Where(row => row.RequesterId == customer && row.Id > last).OrderBy(row => row.Id).Select(row => row.Id).Take(AtOnce).ToArrayAsync(cancel);
            foreach (var ticket in await desk.Reader.Read(desk.Database, ids, caller, cancel))
            {
                yield return new ExportedTicket(
                    TicketResponse.Of(ticket, now, settings), Messages(customer, ticket.Id, db, cancel),
                    await ListRecoveries.Of(db, ticket.Id, cancel), await OfferRemedy.Of(db, ticket.Id, cancel));
            }
        }
    }

    private static async IAsyncEnumerable<MessageResponse> Messages(Guid customer, long ticket, HelpDeskDb db, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (long? last = 0; last is { } after;)
        {
            var written = db.Set<Message>().AsNoTracking().Where(row => row.TicketId == ticket
                || (row.WrittenOn == ticket && !db.Set<TicketRow>().Any(now => now.Id == row.TicketId && now.RequesterId == customer)));
            var page = await Page(db, written.Where(row => row.Sequence > after).OrderBy(row => row.Sequence).Take(AtOnce), cancel);
            foreach (var (_, message) in page) yield return message;
            last = page.Count == AtOnce ? page[^1].Sequence : null;
        }
    }

    private static async IAsyncEnumerable<MessageResponse> Elsewhere(Guid customer, HelpDeskDb db, NpgsqlDataSource database, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var some in (await HerMail.Elsewhere(customer, database, cancel)).Chunk(AtOnce))
        {
            foreach (var (_, message) in await Page(db, db.Set<Message>().AsNoTracking().Where(row => some.Contains(row.Id)).OrderBy(row => row.Sequence), cancel)) yield return message;
        }
    }

    private static async Task<IReadOnlyList<(long Sequence, MessageResponse Message)>> Page(HelpDeskDb db, IQueryable<Message> written, CancellationToken cancel)
    {
        var page = await written
            .Select(row => new
            {
                row.Sequence,
                Message = new MessageResponse(row.Id, row.TicketId, row.Author, row.AuthorId, row.Visibility, row.Automated, row.Body, row.CreatedAt),
            })
            .ToListAsync(cancel);
        var files = await ListAttachments.Of(db, [.. page.Select(row => row.Message.Id)], cancel);
        return [.. page.Select(row => (row.Sequence, row.Message with { Attachments = [.. files[row.Message.Id]] }))];
    }

    private static async IAsyncEnumerable<DeliveryAnswer> Deliveries(Guid customer, HelpDeskDb db, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (long[] sequences = [0]; sequences.Length > 0;)
        {
            var last = sequences.Max();
            var hers = db.Set<Delivery.Delivery>().AsNoTracking().Where(row => row.CustomerId == customer);
            sequences = await hers.Where(row => row.Sequence > last).OrderBy(row => row.Sequence).Select(row => row.Sequence).Take(AtOnce).ToArrayAsync(cancel);
            var page = hers.Where(row => sequences.Contains(row.Sequence)).OrderBy(row => row.Sequence).Select(DeliveryAnswer.Of(withText: true));
            foreach (var delivery in await page.ToListAsync(cancel)) yield return delivery;
        }
    }
}
