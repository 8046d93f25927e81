using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Webhooks;

/// <summary>What posts of a webhook are signed with.</summary>
internal static class WebhookSigning
{
    /// <summary>Read the secret of a webhook</summary>
    /// <remarks>Each webhook has its own, from the beginning. Any library of the Standard Webhooks specification takes it as it stands here.</remarks>
    public static async Task<Ok<WebhookSecretAnswer>> Handle(Guid id, HelpDeskDb db, WebhookSecrets secrets, CancellationToken cancel)
    {
        await Webhook.Read(db, id, cancel);
        return TypedResults.Ok(await secrets.Read(db, WebhookHolder.OfWebhook(id), cancel));
    }

    /// <summary>Give a webhook a new secret</summary>
    /// <remarks>
    /// For 24 hours both sign every post, so that the receiver can be changed without a gap; a secret from a rotation before that signs no more. Sent twice it
    /// rotates twice: send an Idempotency-Key, by which an answer that got lost can be asked for again. What is kept of it is sealed with that key.
    /// </remarks>
    public static async Task<Ok<WebhookSecretAnswer>> HandleRotation(
        Guid id, HttpContext http, HelpDeskDb db, WebhookSecrets secrets, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await Webhook.Hold(db, id, cancel);
        var answer = await secrets.Rotate(db, WebhookHolder.OfWebhook(id), cancel);
        db.Add(Event.Of("webhook_secret.rotated", now, caller.Id, http.TraceIdentifier, new { webhookId = id, previousUntil = answer.PreviousUntil }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(answer);
    }
}
