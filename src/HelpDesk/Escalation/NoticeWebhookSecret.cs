using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Escalation;

/// <summary>What notices that a ladder posts to an address on the web are signed with.</summary>
internal static class NoticeWebhookSecret
{
    /// <summary>Read the secret of notices</summary>
    /// <remarks>Signs what the steps of ladders post to addresses on the web: one secret for all of them.</remarks>
    public static async Task<Ok<WebhookSecretAnswer>> Handle(HelpDeskDb db, WebhookSecrets secrets, Caller caller, CancellationToken cancel)
    {
        caller.MustSeeAll();
        return TypedResults.Ok(await secrets.Read(db, WebhookHolder.Notices, cancel));
    }

    /// <summary>Give notices a new secret</summary>
    /// <remarks>
    /// For 24 hours both sign every post, so that the receivers can be changed without a gap; a secret from a rotation before that signs no more. Sent twice it
    /// rotates twice: send an Idempotency-Key, by which an answer that got lost can be asked for again. What is kept of it is sealed with that key.
    /// </remarks>
    public static async Task<Ok<WebhookSecretAnswer>> HandleRotation(
        HttpContext http, HelpDeskDb db, WebhookSecrets secrets, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        caller.MustSeeAll();
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        // There is no row to hold.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('webhook-secret:notices', 0))", cancel);
        var answer = await secrets.Rotate(db, WebhookHolder.Notices, cancel);
        db.Add(Event.Of("webhook_secret.rotated", now, caller.Id, http.TraceIdentifier, new { holder = WebhookHolder.Notices, previousUntil = answer.PreviousUntil }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(answer);
    }
}
