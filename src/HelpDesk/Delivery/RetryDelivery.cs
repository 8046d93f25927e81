using System.Text.Json;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Delivery;

internal static class RetryDelivery
{
    /// <summary>Try an outgoing message again</summary>
    /// <remarks>
    /// A failed or dead message becomes due now, with all its attempts before it. One that is being sent at this very moment is not sent twice for it.
    /// Refused (409) for one in another state, and where what it says no longer holds.
    /// </remarks>
    public static async Task<Ok<DeliveryAnswer>> Handle(Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, MailBell bell, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await db.Hold("deliveries", id, cancel);
        var before = await ReadDelivery.Find(id, db, cancel);
        var queued = await db.Set<Delivery>()
            .Where(row => row.Id == id && (row.State == DeliveryState.Failed || row.State == DeliveryState.Dead) && (row.ExpiresAt == null || row.ExpiresAt >= now))
            .ExecuteUpdateAsync(
                row => row.SetProperty(delivery => delivery.State, DeliveryState.Queued)
                    .SetProperty(delivery => delivery.NextAttemptAt, now)
                    .SetProperty(delivery => delivery.Attempts, 0)
                    .SetProperty(delivery => delivery.DueAt, (Instant?)null)
                    .SetProperty(delivery => delivery.RefusedSince, (Instant?)null)
                    .SetProperty(delivery => delivery.EndedAt, (Instant?)null),
                cancel);
        if (queued == 0) throw Refused(before.State, before.ExpiresAt);
        db.Add(Event.Of("delivery.retried", now, caller.Id, http.TraceIdentifier, What(id, before.State), before.TicketId));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        RequestTransaction.AfterCommit(bell.Ring);
        return TypedResults.Ok(await ReadDelivery.Find(id, db, cancel));
    }

    private static object What(Guid id, DeliveryState before) => new { deliveryId = id, changes = MemberChanges.Between(new { State = before }, new { State = DeliveryState.Queued }) };

    /// <summary>What the event says of it.</summary>
    public static string Happened(Guid id, DeliveryState before) => JsonSerializer.Serialize(What(id, before), JsonConventions.Options);

    public static Refusal Refused(DeliveryState state, Instant? expiresAt) => state is DeliveryState.Failed or DeliveryState.Dead
        ? Refusal.Conflict("delivery-expired", $"What this message says held until {expiresAt}; it is not sent any more.")
        : Refusal.Conflict("delivery-not-failed", $"Only a failed or dead delivery can be tried again; this one is {state.Word()}.");
}
