using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Delivery;

internal static class RetryDelivery
{
    /// <summary>
    /// A failed or dead delivery becomes due now, with all its attempts before it. One that is being sent at this very moment is not sent
    /// twice for it.
    /// </summary>
    public static async Task<Results<Ok<DeliveryAnswer>, NotFound>> Handle(Guid id, HelpDeskDb db, DeskClock clock, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var queued = await db.Set<Delivery>()
            .Where(row => row.Id == id && (row.State == DeliveryState.Failed || row.State == DeliveryState.Dead))
            .Where(row => row.ExpiresAt == null || row.ExpiresAt >= now)
            .ExecuteUpdateAsync(
                row => row.SetProperty(delivery => delivery.State, DeliveryState.Queued)
                    .SetProperty(delivery => delivery.NextAttemptAt, now)
                    .SetProperty(delivery => delivery.Attempts, 0)
                    .SetProperty(delivery => delivery.EndedAt, (Instant?)null),
                cancel);
        if (await ReadDelivery.Find(id, db, cancel) is not { } delivery) return TypedResults.NotFound();
        if (queued > 0) return TypedResults.Ok(delivery);
        throw delivery.State is DeliveryState.Failed or DeliveryState.Dead
            ? Refusal.Conflict("delivery-expired", $"What this message says held until {delivery.ExpiresAt}; it is not sent any more.")
            : Refusal.Conflict("delivery-not-failed", $"Only a failed or dead delivery can be tried again; this one is {delivery.State.Word()}.");
    }
}
