using HelpDesk.Database;
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
    public static async Task<Ok<DeliveryAnswer>> Handle(Guid id, HelpDeskDb db, DeskClock clock, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var queued = await db.Set<Delivery>()
            .Where(row => row.Id == id && (row.State == DeliveryState.Failed || row.State == DeliveryState.Dead) && (row.ExpiresAt == null || row.ExpiresAt >= now))
            .ExecuteUpdateAsync(
                row => row.SetProperty(delivery => delivery.State, DeliveryState.Queued)
                    .SetProperty(delivery => delivery.NextAttemptAt, now)
                    .SetProperty(delivery => delivery.Attempts, 0)
                    .SetProperty(delivery => delivery.EndedAt, (Instant?)null),
                cancel);
        var delivery = await ReadDelivery.Find(id, db, cancel);
        if (queued > 0) return TypedResults.Ok(delivery);
        throw delivery.State is DeliveryState.Failed or DeliveryState.Dead
            ? Refusal.Conflict("delivery-expired", $"What this message says held until {delivery.ExpiresAt}; it is not sent any more.")
            : Refusal.Conflict("delivery-not-failed", $"Only a failed or dead delivery can be tried again; this one is {delivery.State.Word()}.");
    }
}
