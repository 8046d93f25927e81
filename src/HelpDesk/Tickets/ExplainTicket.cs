using HelpDesk.Access;
using HelpDesk.Commitments;
using HelpDesk.Commitments.Explaining;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Events;
using HelpDesk.Time;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Tickets;

internal static class ExplainTicket
{
    /// <summary>Explain a ticket's commitments</summary>
    /// <remarks>
    /// What happened to each, in sentences of the language asked for, and which time was counted. The counted durations add up to usedSeconds exactly.
    /// </remarks>
    public static async Task<Ok<ExplanationResponse>> Handle(
        long id, AskedLanguage asked, TicketDesk desk, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var ticket = await ReadTicket.Find(desk, id, caller, cancel);
        var zone = ticket.Policy?.Rules.Calendar.Zone ?? desk.Settings.Zone;
        return TypedResults.Ok(await Explain(ticket, new Telling(asked.Language, zone), db, await clock.Now(cancel), cancel));
    }

    /// <summary>Also for the customer: then without what is the desk's alone, and with dates in her zone.</summary>
    public static async Task<ExplanationResponse> Explain(Ticket ticket, Telling telling, HelpDeskDb db, Instant asOf, CancellationToken cancel) =>
        ticket.Clock.Explain(await Journal(ticket, db, cancel), asOf, telling, ticket.Ledger);

    private static async Task<IReadOnlyList<ClockChange>> Journal(Ticket ticket, HelpDeskDb db, CancellationToken cancel)
    {
        var owed = ticket.Clock.Commitments.ToDictionary(ticket.Ledger.IdOf);
        // What came over from a merged ticket began there, perhaps under another name.
        var tickets = await db.Set<TicketRow>().Where(row => row.MergedIntoId == ticket.Id).Select(row => (long?)row.Id).ToListAsync(cancel);
        tickets.Add(ticket.Id);
        var journal = await db.Set<Event>().AsNoTracking()
            .Where(row => tickets.Contains(row.TicketId) && row.CommitmentId != null)
            .OrderBy(row => row.Sequence)
            .Select(row => new { row.Type, row.At, row.Data, CommitmentId = row.CommitmentId!.Value })
            .ToListAsync(cancel);
        return [.. journal.Where(row => Commitments.Journal.IsOfClock(row.Type) && owed.ContainsKey(row.CommitmentId))
            .Select(row => Commitments.Journal.FromEvent(row.Type, row.At, row.Data) with { Kind = owed[row.CommitmentId].Kind, Cycle = owed[row.CommitmentId].Cycle })];
    }
}
