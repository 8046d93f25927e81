using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Customers;

/// <summary>What posts to a customer's own webhookUrl are signed with.</summary>
internal static class CustomerWebhookSecret
{
    /// <summary>Read the secret of a customer's webhook</summary>
    /// <remarks>Signs what is posted to the customer's own webhookUrl, also one that is set later. What is posted to the organisation's is signed with the organisation's.</remarks>
    public static async Task<Ok<WebhookSecretAnswer>> Handle(Guid id, HelpDeskDb db, WebhookSecrets secrets, Caller caller, CancellationToken cancel)
    {
        caller.MustSeeAll();
        if (await ReadCustomer.Find(db.Whole(), id, cancel) is null) throw await ReadCustomer.Gone(db, id, StatusCodes.Status404NotFound, cancel);
        return TypedResults.Ok(await secrets.Read(db, WebhookHolder.OfCustomer(id), cancel));
    }

    /// <summary>Give a customer's webhook a new secret</summary>
    /// <remarks>
    /// For 24 hours both sign every post, so that the receiver can be changed without a gap; a secret from a rotation before that signs no more. Sent twice it
    /// rotates twice: send an Idempotency-Key, by which an answer that got lost can be asked for again. What is kept of it is sealed with that key.
    /// </remarks>
    public static async Task<Ok<WebhookSecretAnswer>> HandleRotation(
        Guid id, HttpContext http, HelpDeskDb db, WebhookSecrets secrets, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        caller.MustSeeAll();
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await db.Hold("customers", id, cancel);
        if (await ReadCustomer.Find(db.Whole(), id, cancel) is null) throw await ReadCustomer.Gone(db, id, StatusCodes.Status409Conflict, cancel);
        var answer = await secrets.Rotate(db, WebhookHolder.OfCustomer(id), cancel);
        db.Add(Event.Of("webhook_secret.rotated", now, caller.Id, http.TraceIdentifier, new { customerId = id, previousUntil = answer.PreviousUntil }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(answer);
    }
}
