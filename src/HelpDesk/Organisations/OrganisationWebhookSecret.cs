using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Organisations;

/// <summary>What posts to an organisation's webhookUrl are signed with.</summary>
internal static class OrganisationWebhookSecret
{
    /// <summary>Read the secret of an organisation's webhook</summary>
    /// <remarks>Signs what is posted to the organisation's webhookUrl, also one that is set later.</remarks>
    public static async Task<Ok<WebhookSecretAnswer>> Handle(Guid id, HelpDeskDb db, WebhookSecrets secrets, Caller caller, CancellationToken cancel)
    {
        caller.MustSeeAll();
        await ReadOrganisation.Find(db, id, cancel);
        return TypedResults.Ok(await secrets.Read(db, WebhookHolder.OfOrganisation(id), cancel));
    }

    /// <summary>Give an organisation's webhook a new secret</summary>
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
        await db.Hold("organisations", id, cancel);
        await ReadOrganisation.Find(db, id, cancel);
        var answer = await secrets.Rotate(db, WebhookHolder.OfOrganisation(id), cancel);
        db.Add(Event.Of("webhook_secret.rotated", now, caller.Id, http.TraceIdentifier, new { organisationId = id, previousUntil = answer.PreviousUntil }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(answer);
    }
}
