using HelpDesk.Access;
using HelpDesk.Commitments;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

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
        http.SetETag(ticket.RowVersion);
        return TypedResults.Ok(TicketResponse.Of(ticket, await clock.Now(cancel), settings));
    }

    /// <summary>Read a ticket's commitments</summary>
    public static async Task<Ok<CommitmentsResponse>> HandleCommitments(
        long id, HttpContext http, TicketDesk desk, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var ticket = await Find(desk, id, caller, cancel);
        http.SetETag(ticket.RowVersion);
        return TypedResults.Ok(new CommitmentsResponse(ticket.Clock.View(await clock.Now(cancel), ticket.Ledger)));
    }

    /// <summary>Explain a ticket's commitments</summary>
    /// <remarks>What happened to each, and which time was counted. The counted durations add up to usedSeconds exactly.</remarks>
    public static async Task<Ok<ExplanationResponse>> HandleExplanation(
        long id, TicketDesk desk, DeskSettings settings, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var ticket = await Find(desk, id, caller, cancel);
        var owed = ticket.Clock.Commitments.ToDictionary(ticket.Ledger.IdOf);
        // What came over from a merged ticket began there, perhaps under another name.
        var tickets = await db.Set<TicketRow>().Where(row => row.MergedIntoId == id).Select(row => (long?)row.Id).ToListAsync(cancel);
        tickets.Add(id);
        var journal = await db.Set<Event>().AsNoTracking()
            .Where(row => tickets.Contains(row.TicketId) && row.CommitmentId != null)
            .OrderBy(row => row.Sequence)
            .Select(row => new { row.Type, row.At, row.Data, CommitmentId = row.CommitmentId!.Value })
            .ToListAsync(cancel);
        var changes = journal.Where(row => Journal.IsOfClock(row.Type) && owed.ContainsKey(row.CommitmentId))
            .Select(row => Journal.FromEvent(row.Type, row.At, row.Data) with { Kind = owed[row.CommitmentId].Kind, Cycle = owed[row.CommitmentId].Cycle })
            .ToList();
        var zone = ticket.Policy?.Rules.Calendar.Zone ?? settings.Zone;
        return TypedResults.Ok(ticket.Clock.Explain(changes, await clock.Now(cancel), zone, ticket.Ledger));
    }

    private static async Task<Ticket> Find(TicketDesk desk, long id, Caller caller, CancellationToken cancel) =>
        (await desk.Reader.Read(desk.Database, [id], caller, cancel)).FirstOrDefault() ?? throw Refusal.NotFound("ticket");
}
