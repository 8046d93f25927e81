using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
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
    public static async Task<Ok<DeliveryAnswer>> Handle(Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
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
        if (queued == 0) throw Refused(before);
        var changes = MemberChanges.Between(new { before.State }, new { State = DeliveryState.Queued });
        db.Add(Event.Of("delivery.retried", now, caller.Id, http.TraceIdentifier, new { deliveryId = id, changes }, before.TicketId));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(await ReadDelivery.Find(id, db, cancel));
    }

    private static Refusal Refused(DeliveryAnswer delivery) => delivery.State is DeliveryState.Failed or DeliveryState.Dead
        ? Refusal.Conflict("delivery-expired", $"What this message says held until {delivery.ExpiresAt}; it is not sent any more.")
        : Refusal.Conflict("delivery-not-failed", $"Only a failed or dead delivery can be tried again; this one is {delivery.State.Word()}.");
}
