using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Webhooks;

internal static class TestWebhook
{
    /// <summary>Send a test event</summary>
    /// <remarks>
    /// An event of the type webhook.tested is written to the audit log and posted to this webhook alone, whatever types and queues it wants. Answers at once: read the delivery to see what
    /// came of it. Refused while the webhook is paused (409, webhook-paused).
    /// </remarks>
    public static async Task<Accepted<WebhookDeliveryResponse>> Handle(
        Guid id, HttpContext http, HelpDeskDb db, WebhookBell bell, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var webhook = await Webhook.Hold(db, id, cancel);
        if (webhook.PausedAt is not null) throw Refusal.Conflict("webhook-paused", "Nothing is sent to a webhook that is paused. Let it go on, and test it then.");
        var test = Event.Of("webhook.tested", now, caller.Id, http.TraceIdentifier, new { webhookId = id });
        db.Add(test);
        await db.SaveChangesAsync(cancel);
        var delivery = new NewDelivery(test.Sequence, test.Type, null) { Id = Ids.New(clock.MachineNow) };
        await using (var command = EnqueueEvents.Command(transaction.Connection, id, [delivery], clock.MachineNow, "")) await command.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        RequestTransaction.AfterCommit(bell.Ring);
        return TypedResults.Accepted($"/v1/webhooks/{id}/deliveries/{delivery.Id}", new WebhookDeliveryResponse(
            delivery.Id, OutgoingEvent.MessageId(test.Sequence), test.Sequence, test.Type, null, WebhookDeliveryState.Pending, 0, clock.MachineNow, clock.MachineNow, null, null, null));
    }
}
