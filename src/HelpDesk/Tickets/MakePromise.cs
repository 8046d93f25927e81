using HelpDesk.Access;
using HelpDesk.Commitments;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using System.ComponentModel.DataAnnotations;

namespace HelpDesk.Tickets;

/// <summary>An agent's own promise to the customer.</summary>
/// <param name="Words">What is promised, as the customer is to read it. Example: "I will call you".</param>
/// <param name="PromisedAt">By when, inclusive; at most ten years ahead. Example: "2030-03-05T13:00:00Z".</param>
[Example("""{ "words": "I will call you", "promisedAt": "2030-03-05T13:00:00Z" }""")]
public sealed record MakePromiseRequest([property: Required, StringLength(500, MinimumLength = 1)] string Words, Instant PromisedAt);

internal static class MakePromise
{
    /// <summary>Make a promise of an agent's own (a callback)</summary>
    /// <remarks>It counts around the clock, is told to the customer, and is followed up like any other.</remarks>
    public static async Task<Created<CommitmentResponse>> Handle(
        long id, MakePromiseRequest request, HttpContext http, TicketDesk desk, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        Check(request, now);
        await using var work = await TicketWork.Begin(desk, now, [id], caller, cancel);
        now = work.Now;
        var ticket = work.Only();
        http.RequireMatch(ticket.RowVersion);
        try
        {
            ticket.Ledger.Apply(new CallbackPromised(now, request.PromisedAt, request.Words.Trim()));
        }
        catch (TicketOverException error)
        {
            throw Refusal.Conflict("ticket-over", error.Message);
        }

        work.NameNews(ticket);
        var callback = ticket.Clock.Commitments[^1];
        work.Send(ticket, new Letter(MessageKind.Promise, $"promise:{ticket.Ledger.IdOf(callback, callback.Promises[0])}", ticket.NewPromises()));
        await work.Commit(caller.Id, http.TraceIdentifier, cancel);
        http.SetETag(ticket.RowVersion + 1, ticket.Requester.Version);
        var made = ticket.Clock.View(now, ticket.Ledger)[^1];
        return TypedResults.Created($"/v1/tickets/{id}/commitments", made);
    }

    private static void Check(MakePromiseRequest request, Instant now)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(request.Words)) errors["words"] = ["must not be blank"];
        if (request.PromisedAt <= now) errors["promisedAt"] = ["must lie ahead"];
        else if (request.PromisedAt - now > Term.LongestTarget) errors["promisedAt"] = ["must lie at most ten years ahead"];
        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }

    /// <summary>Say that a promise of an agent's own was kept</summary>
    /// <remarks>Named by any promise of the callback, the first or one that a follow-up made. Saying it again changes nothing.</remarks>
    public static async Task<Ok<CommitmentResponse>> HandleFulfilment(
        long id, Guid promiseId, HttpContext http, TicketDesk desk, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var work = await TicketWork.BeginFollowing(desk, now, id, asked => http.RequireMatch(asked.RowVersion), caller, cancel);
        now = work.Now;
        var ticket = work.Only();
        var named = Named(ticket, promiseId);
        if (named.Kind != CommitmentKind.Callback)
        {
            throw Refusal.Conflict("not-a-callback", "This promise was made by the policy: a reply or the resolution keeps it.");
        }

        if (named.FulfilledAt is null && !named.IsOpen) throw Refusal.Conflict("promise-over", "This promise has ended without having been kept.");
        if (named.IsOpen)
        {
            var untold = await work.WithdrawUnsentFollowUps(ticket, commitment => commitment.Kind == CommitmentKind.Callback && commitment.Cycle == named.Cycle, cancel);
            ticket.Ledger.Apply(new CallbackFulfilled(now, named.Cycle));
            foreach (var letter in ticket.LettersOfChange(ticket.Status, untold, $"fulfilment:{promiseId}")) work.Send(ticket, letter);
            await work.Commit(caller.Id, http.TraceIdentifier, cancel);
        }

        http.SetETag(ticket.RowVersion + (named.IsOpen ? 1 : 0), ticket.Requester.Version);
        return TypedResults.Ok(ticket.Clock.View(now, ticket.Ledger).First(commitment => commitment.Id == ticket.Ledger.IdOf(named)));
    }

    private static Commitment Named(Ticket ticket, Guid promiseId) =>
        ticket.Clock.Commitments.FirstOrDefault(commitment =>
            ticket.Ledger.IdOf(commitment) == promiseId || commitment.Promises.Any(promise => ticket.Ledger.IdOf(commitment, promise) == promiseId))
        ?? throw Refusal.NotFound("promise");
}
