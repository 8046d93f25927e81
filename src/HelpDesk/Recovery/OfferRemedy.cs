using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Events;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.Recovery;

/// <summary>How amends are made for a broken promise.</summary>
/// <param name="Text">What the customer is to read, 1 to 10,000 characters. Example: "We have credited this month's fee to your account."</param>
[Example("""{ "text": "We have credited this month's fee to your account." }""")]
public sealed record OfferRemedyRequest([property: Required, StringLength(10_000, MinimumLength = 1)] string Text);

/// <summary>How amends were made.</summary>
/// <param name="Id">Names the remedy.</param>
/// <param name="TicketId">The ticket.</param>
/// <param name="Text">What the customer was written.</param>
/// <param name="Actor">Who offered it: admin, key:…, agent:… or jwt:….</param>
/// <param name="MadeAt">When.</param>
/// <param name="DeliveryId">The message to the customer; null where there was nobody to reach.</param>
public sealed record RemedyResponse(Guid Id, long TicketId, string Text, string Actor, Instant MadeAt, Guid? DeliveryId)
{
    internal static RemedyResponse Of(Remedy row) => new(row.Id, row.TicketId, row.Text, row.Actor, row.MadeAt, row.DeliveryId);
}

internal static class OfferRemedy
{
    /// <summary>Make amends for a broken promise</summary>
    /// <remarks>
    /// The customer is written at once, with the promises as they stand. It is no answer: it keeps no promise and starts no clock. Refused (409, nothing-broken) where no promise on the
    /// ticket was ever broken. On a ticket that was merged it goes to the one that goes on in its place.
    /// </remarks>
    public static async Task<Created<RemedyResponse>> Handle(
        long id, OfferRemedyRequest request, HttpContext http, TicketDesk desk, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(request.Text)) throw Refusal.Invalid("text", "must not be blank");
        await using var work = await TicketWork.BeginFollowing(desk, await clock.Now(cancel), id, asked => http.RequireMatch(asked.RowVersion), caller, cancel);
        var ticket = work.Only();
        if (!ticket.Clock.Commitments.Any(commitment => commitment.HasLapsed(work.Now))) throw Refusal.Conflict("nothing-broken", "No promise on this ticket was broken.");
        var remedy = new RemedyResponse(Ids.New(work.Now), ticket.Id, request.Text.Trim(), caller.Id, work.Now, null);
        remedy = remedy with { DeliveryId = work.Send(ticket, new Letter(MessageKind.Remedy, $"remedy:{remedy.Id}", [.. ticket.StandingPromises()]) { Body = remedy.Text }) };
        work.Add(Insert(remedy));
        work.Note(new NewEvent(
            "remedy.offered", work.Now, caller.Id, http.TraceIdentifier,
            JsonSerializer.Serialize(new { remedyId = remedy.Id, remedy.Text, remedy.DeliveryId }, JsonConventions.Options), ticket.Id));
        await work.Commit(caller.Id, http.TraceIdentifier, cancel);
        http.SetETag(ticket.RowVersion + 1);
        return TypedResults.Created($"/v1/tickets/{ticket.Id}/remedies", remedy);
    }

    private static NpgsqlBatchCommand Insert(RemedyResponse remedy)
    {
        var command = new NpgsqlBatchCommand("insert into remedies (id, ticket_id, text, actor, made_at, delivery_id) values ($1, $2, $3, $4, $5, $6)");
        new Values(command.Parameters).Uuid(remedy.Id).Bigint(remedy.TicketId).Text(remedy.Text).Text(remedy.Actor).Instant(remedy.MadeAt).Uuid(remedy.DeliveryId);
        return command;
    }

    /// <summary>List a ticket's remedies</summary>
    /// <remarks>What agents offered, oldest first. What the policy offers stands in each recovery.</remarks>
    public static async Task<Ok<Paged<RemedyResponse>>> HandleAll(long id, Page page, HelpDeskDb db, CancellationToken cancel)
    {
        if (!await db.Set<TicketRow>().AnyAsync(row => row.Id == id, cancel)) throw Refusal.NotFound("ticket");
        var rows = Rows(db, id);
        if (page.After(out Guid last)) rows = rows.Where(row => row.Id > last);
        var found = await rows.OrderBy(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return TypedResults.Ok(page.Of([.. found.Select(RemedyResponse.Of)], remedy => remedy.Id));
    }

    private static IQueryable<Remedy> Rows(HelpDeskDb db, long ticket) => db.Set<Remedy>().AsNoTracking().Where(row => row.TicketId == ticket);

    /// <summary>All of a ticket's.</summary>
    public static async Task<IReadOnlyList<RemedyResponse>> Of(HelpDeskDb db, long ticket, CancellationToken cancel) =>
        [.. (await Rows(db, ticket).OrderBy(row => row.Id).ToListAsync(cancel)).Select(RemedyResponse.Of)];
}
