using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>A link to be made from the ticket in the address to another.</summary>
/// <param name="Type">relates, blocks or duplicates.</param>
/// <param name="TicketId">The other ticket. Example: 7.</param>
[Example("""{ "type": "blocks", "ticketId": 7 }""")]
public sealed record LinkRequest(LinkType Type, long TicketId);

/// <summary>A link, seen from one of its tickets.</summary>
/// <param name="Id">Names the link.</param>
/// <param name="Type">relates, blocks or duplicates.</param>
/// <param name="Direction">outgoing: this ticket blocks or duplicates the other; incoming: the other way round.</param>
/// <param name="TicketId">The other ticket.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record LinkResponse(Guid Id, LinkType Type, LinkDirection Direction, long TicketId, Instant CreatedAt);

internal static class LinkTickets
{
    /// <summary>Link a ticket to another</summary>
    /// <remarks>
    /// It is seen from both. Of each type there is one link between two tickets: a second one is refused (409, link-exists), and so is one that says the
    /// inverse of blocks or duplicates (409, link-inverse) and a link of a ticket to itself (409, link-to-itself).
    /// </remarks>
    public static async Task<Created<LinkResponse>> Handle(
        long id, LinkRequest request, HttpContext http, TicketDesk desk, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        if (request.TicketId == id) throw Refusal.Conflict("link-to-itself", "A ticket is not linked to itself.");
        await using var work = await TicketWork.Begin(desk, await clock.Now(cancel), [id, request.TicketId], caller, cancel);
        var ticket = work.Tickets.FirstOrDefault(row => row.Id == id) ?? throw Refusal.NotFound("ticket");
        if (work.Tickets.Count < 2) throw MergeRules.NoTicket("ticketId", request.TicketId);
        http.RequireMatch(ticket.RowVersion);
        var link = new TicketLink(Ids.New(work.Now), request.Type, id, request.TicketId, work.Now);
        if (await Add(work, link, cancel) is { } standing) throw Taken(link, standing);
        Note(work, link, "link.created", caller.Id, http.TraceIdentifier);
        await work.Commit(caller.Id, http.TraceIdentifier, cancel);
        return TypedResults.Created($"/v1/tickets/{id}/links/{link.Id}", Seen(link, id));
    }

    /// <summary>Adds the link, or answers the direction of the one that stands in its way. Its tickets are locked: nobody adds another at the same time.</summary>
    public static async Task<LinkDirection?> Add(TicketWork work, TicketLink link, CancellationToken cancel)
    {
        await using var batch = work.Connection.CreateBatch();
        batch.BatchCommands.Add(Insert(link));
        if (await batch.ExecuteNonQueryAsync(cancel) == 1) return null;
        await using var standing = new NpgsqlCommand(
            "select from_id from ticket_links where type = $1 and from_id in ($2, $3) and to_id in ($2, $3)", work.Connection);
        new Values(standing.Parameters).Text(link.Type.Word()).Bigint(link.FromId).Bigint(link.ToId);
        return (long)(await standing.ExecuteScalarAsync(cancel))! == link.FromId ? LinkDirection.Outgoing : LinkDirection.Incoming;
    }

    public static NpgsqlBatchCommand Insert(TicketLink link)
    {
        var command = new NpgsqlBatchCommand("insert into ticket_links (id, type, from_id, to_id, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing");
        new Values(command.Parameters).Uuid(link.Id).Text(link.Type.Word()).Bigint(link.FromId).Bigint(link.ToId).Instant(link.CreatedAt);
        return command;
    }

    private static Refusal Taken(TicketLink link, LinkDirection standing) =>
        standing == LinkDirection.Outgoing || link.Type == LinkType.Relates
            ? Refusal.Conflict("link-exists", "These two tickets are linked so already.")
            : Refusal.Conflict("link-inverse", $"The inverse stands already: ticket {link.ToId} {link.Type.Word()} ticket {link.FromId}.");

    public static void Note(TicketWork work, TicketLink link, string type, string actor, string? requestId)
    {
        work.Note(new NewEvent(type, work.Now, actor, requestId, TicketEvents.Link(link, link.FromId), link.FromId));
        work.Note(new NewEvent(type, work.Now, actor, requestId, TicketEvents.Link(link, link.ToId), link.ToId));
    }

    /// <summary>List a ticket's links</summary>
    /// <remarks>Those made on it and those made on the other ticket, oldest first.</remarks>
    public static async Task<Ok<Paged<LinkResponse>>> HandleAll(long id, Page page, HelpDeskDb db, CancellationToken cancel)
    {
        if (!await db.Set<TicketRow>().AnyAsync(row => row.Id == id, cancel)) throw Refusal.NotFound("ticket");
        var links = db.Set<TicketLink>().AsNoTracking().Where(link => link.FromId == id || link.ToId == id);
        // A ticket that the caller does not see is not told of.
        links = links.Where(link => db.Set<TicketRow>().Any(row => row.Id == (link.FromId == id ? link.ToId : link.FromId)));
        if (page.After(out Guid last)) links = links.Where(link => link.Id > last);
        var found = await links.OrderBy(link => link.Id).Take(page.Take).ToListAsync(cancel);
        return TypedResults.Ok(page.Of([.. found.Select(link => Seen(link, id))], link => link.Id));
    }

    /// <summary>Remove a link</summary>
    /// <remarks>From either of its tickets.</remarks>
    public static async Task<NoContent> HandleDelete(
        long id, Guid linkId, HttpContext http, TicketDesk desk, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var link = await db.Set<TicketLink>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == linkId && (row.FromId == id || row.ToId == id), cancel)
            ?? throw Refusal.NotFound("link");
        await using var work = await TicketWork.Begin(desk, await clock.Now(cancel), [link.FromId, link.ToId], caller, cancel);
        var ticket = work.Tickets.FirstOrDefault(row => row.Id == id);
        // One to a ticket that the caller does not see is not listed for her either.
        if (ticket is null || work.Tickets.Count < 2) throw Refusal.NotFound("link");
        http.RequireMatch(ticket.RowVersion);
        await using var command = new NpgsqlCommand("delete from ticket_links where id = $1", work.Connection) { Parameters = { new() { Value = linkId } } };
        if (await command.ExecuteNonQueryAsync(cancel) == 0) throw Refusal.NotFound("link");
        Note(work, link, "link.deleted", caller.Id, http.TraceIdentifier);
        await work.Commit(caller.Id, http.TraceIdentifier, cancel);
        return TypedResults.NoContent();
    }

    private static LinkResponse Seen(TicketLink link, long from) => link.FromId == from
        ? new LinkResponse(link.Id, link.Type, LinkDirection.Outgoing, link.ToId, link.CreatedAt)
        : new LinkResponse(link.Id, link.Type, LinkDirection.Incoming, link.FromId, link.CreatedAt);
}
