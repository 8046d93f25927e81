using HelpDesk.Access;
using HelpDesk.Deadlines;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>Which ticket goes on.</summary>
/// <param name="Into">The ticket that takes in the one in the address, and goes on in its place. Example: 7.</param>
[Example("""{ "into": 7 }""")]
public sealed record MergeRequest(long Into);

internal static class MergeTickets
{
    /// <summary>Merge a ticket into another</summary>
    /// <remarks>
    /// Answers the ticket that goes on. The merged one is closed; its messages move, it is linked as a duplicate, and what is posted to it later goes to the
    /// other: the answer's ticketId says so. Of each kind the commitment with the earliest open promise goes on, with its id and its ledger; callbacks all
    /// do. So nobody's promise moves later, and whoever is promised another date than she was told is written to. Where the two tickets have different
    /// customers, both are owed what was promised: each goes on being written to about a ticket of her own number and subject. Refused (409): a ticket into
    /// itself (merge-into-itself), one that is closed (ticket-closed) or merged already (ticket-merged, with mergedIntoId), and into one that is resolved or
    /// closed (merge-into-over).
    /// </remarks>
    public static async Task<Ok<TicketResponse>> Handle(
        long id, MergeRequest request, HttpContext http, TicketDesk desk, DeskSettings settings, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        if (request.Into == id) throw Refusal.Conflict("merge-into-itself", "A ticket is not merged into itself.");
        await using var work = await Hold(desk, await clock.Now(cancel), id, request.Into, cancel);
        var from = work.Tickets.FirstOrDefault(ticket => ticket.Id == id && caller.Sees(ticket.Queue)) ?? throw Refusal.NotFound("ticket");
        var into = work.Tickets.FirstOrDefault(ticket => ticket.Id == request.Into && caller.Sees(ticket.Queue)) ?? throw MergeRules.NoTicket("into", request.Into);
        http.RequireMatch(from.RowVersion);
        MergeRules.Check(from, into);
        await MergedFollowUps.TakeBack(work, from, into, cancel);
        var letters = new MergeLetters(from, into);
        var before = from.Status;
        var open = MergedFollowUps.Standing(from, into);
        var moved = into.Ledger.TakeIn(from.Ledger, work.Now);
        await MergedFollowUps.Settle(work, open, into, moved, cancel);
        ChangeTicket.SetStatus(from, TicketStatus.Closed, work.Now);
        foreach (var ticket in work.Tickets.Where(ticket => ticket != into)) ticket.MergedIntoId = into.Id;
        work.Add(Move(from.Id, into.Id));
        Note(work, TicketEvents.Merged(from, into, before, moved), from, into, caller.Id, http.TraceIdentifier);
        var link = new TicketLink(Ids.New(work.Now), LinkType.Duplicates, from.Id, into.Id, work.Now);
        if (await LinkTickets.Add(work, link, cancel) is null) LinkTickets.Note(work, link, "link.created", caller.Id, http.TraceIdentifier);
        work.NameNews(into);
        foreach (var (addressee, letter) in letters.Write()) work.SendTo(addressee, into, letter);
        await work.Commit(caller.Id, http.TraceIdentifier, cancel);
        http.SetETag(into.RowVersion + 1, into.Requester.Version);
        return TypedResults.Ok(TicketResponse.Of(into, work.Now, settings));
    }

    /// <summary>
    /// Holds both, and those that were merged into the one that ends: they point to the other from now on. All in one go and so in the order of their
    /// numbers, as everybody locks; if meanwhile another was merged into it, once more. Whether the caller sees the two is looked at afterwards.
    /// </summary>
    private static async Task<TicketWork> Hold(TicketDesk desk, Instant now, long from, long into, CancellationToken cancel)
    {
        long[] before = [];
        while (true)
        {
            var work = await TicketWork.Begin(desk, now, [from, into, .. before], Caller.Desk, cancel);
            var merged = await MergedInto(work.Connection, from, cancel);
            if (merged.SequenceEqual(before)) return work;
            before = merged;
            await work.DisposeAsync();
        }
    }

    private static async Task<long[]> MergedInto(NpgsqlConnection connection, long id, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select coalesce(array_agg(id order by id), '{}') from tickets where merged_into_id = $1", connection)
        {
            Parameters = { new() { Value = id } },
        };
        return (long[])(await command.ExecuteScalarAsync(cancel))!;
    }

    private static NpgsqlBatchCommand Move(long from, long into) => new(
        "update messages set ticket_id = $2, written_on = coalesce(written_on, ticket_id) where ticket_id = $1")
    {
        Parameters = { new() { Value = from }, new() { Value = into } },
    };

    private static void Note(TicketWork work, string data, Ticket from, Ticket into, string actor, string? requestId)
    {
        work.Note(new NewEvent("ticket.merged", work.Now, actor, requestId, data, from.Id));
        work.Note(new NewEvent("ticket.merged", work.Now, actor, requestId, data, into.Id));
    }
}
