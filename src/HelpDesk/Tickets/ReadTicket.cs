using HelpDesk.Access;
using HelpDesk.Commitments;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Tickets;

/// <summary>What is owed and was owed on a ticket.</summary>
/// <param name="Items">The commitments, in the order they began.</param>
public sealed record CommitmentsResponse(IReadOnlyList<CommitmentResponse> Items);

internal static class ReadTicket
{
    /// <summary>Read a ticket</summary>
    public static async Task<Ok<TicketResponse>> Handle(
        long id, HttpContext http, TicketDesk desk, DeskSettings settings, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var ticket = await Find(desk, id, caller, cancel);
        http.SetETag(ticket.RowVersion, ticket.Requester.Version);
        return TypedResults.Ok(TicketResponse.Of(ticket, await clock.Now(cancel), settings));
    }

    /// <summary>Read a ticket's commitments</summary>
    public static async Task<Ok<CommitmentsResponse>> HandleCommitments(
        long id, HttpContext http, TicketDesk desk, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var ticket = await Find(desk, id, caller, cancel);
        http.SetETag(ticket.RowVersion, ticket.Requester.Version);
        return TypedResults.Ok(new CommitmentsResponse(ticket.Clock.View(await clock.Now(cancel), ticket.Ledger)));
    }

    public static async Task<Ticket> Find(TicketDesk desk, long id, Caller caller, CancellationToken cancel) =>
        (await desk.Reader.Read(desk.Database, [id], caller, cancel)).FirstOrDefault() ?? throw Refusal.NotFound("ticket");
}
