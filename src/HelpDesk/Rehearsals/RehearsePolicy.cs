using HelpDesk.Access;
using HelpDesk.Commitments;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Rehearsals;

internal static class RehearsePolicy
{
    /// <summary>Rehearse a policy</summary>
    /// <remarks>
    /// On a scripted history (<c>events</c>): the same engine that serves tickets, with nothing stored and nothing sent; the same script always gives the same
    /// answer, ids included. Policy and calendar events put that version in force for what is open, counted from each start. The explanation is in the language asked for.
    ///
    /// On real tickets (<c>tickets</c>, which needs the scope tickets:read too): what happened to each, its messages, statuses and priorities, is played again as if the policy had been
    /// theirs from the beginning, and the answer tells in its member <c>tickets</c> how their commitments would have come out beside how they did, as of now. With <c>follow</c> follow-ups
    /// and the ladder of the policy are played too; without it nothing is ever put off. What the ladder did in reality is left out. Only the tickets that the caller sees are played, the
    /// newest first, <c>Rehearsals:MostTickets</c> at most; those that were merged or split are skipped, those of erased customers are played. With <c>Accept: application/x-ndjson</c> or
    /// <c>text/event-stream</c> the answer comes as <c>{ "done", "total" }</c> again and again, and last <c>{ "done", "total", "result" }</c>.
    /// </remarks>
    public static async Task<Results<Ok<RehearsalAnswer>, RehearsalStream>> Handle(
        RehearsalRequest request, HttpContext http, AskedLanguage asked, HelpDeskDb db, RehearseTickets tickets, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        request = await GivenRules.Fill(request, db, cancel);
        if (request.Tickets is null) return Rehearse.Handle(request, asked);
        if (!caller.May(Scopes.TicketsRead))
        {
            throw new Refusal(StatusCodes.Status403Forbidden, "forbidden", "Not allowed", $"Rehearsing on real tickets needs the scope {Scopes.TicketsRead} too.");
        }

        var rehearsal = await tickets.Begin(request, await clock.Now(cancel), cancel);
        if (RehearsalStream.TypeFor(http.Request) is { } type) return new RehearsalStream(type, rehearsal.Run(cancel));
        TicketRehearsal? result = null;
        await foreach (var progress in rehearsal.Run(cancel).WithCancellation(cancel)) result = progress.Result;
        return TypedResults.Ok(RehearsalStream.Answer(result!));
    }
}
