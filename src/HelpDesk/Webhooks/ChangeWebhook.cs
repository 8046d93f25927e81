using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Outgoing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Webhooks;

internal static class ChangeWebhook
{
    /// <summary>Change a webhook</summary>
    /// <remarks>
    /// A merge patch: null clears a member. Other types or queues hold for events that are taken up from now on. A new url holds for what waits too. <c>"paused": true</c> stops
    /// sending, but for what is on its way; <c>"paused": false</c> goes on where it stopped, each ticket's events in order, with three days anew for what had failed so far.
    /// </remarks>
    public static async Task<Ok<WebhookResponse>> Handle(
        Guid id, MergePatch<WebhookDefinition> patch, HttpContext http, HelpDeskDb db, OutgoingGuard guard, WebhookBell bell, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var webhook = await Webhook.Hold(db, id, cancel);
        http.RequireMatch(webhook.RowVersion);
        var before = webhook.Definition;
        var after = WebhookRules.Read(await patch.ApplyTo(before, http), guard);
        if (!WebhookRules.AreAlike(before, after))
        {
            webhook.Change(after, now);
            if (after.Paused != before.Paused) Note(after.Paused ? "webhook.paused" : "webhook.resumed", after with { Url = before.Url, Types = before.Types, Queues = before.Queues, Description = before.Description });
            if (!WebhookRules.AreAlike(before, after with { Paused = before.Paused })) Note("webhook.updated", after with { Paused = before.Paused });
            await db.SaveChangesAsync(cancel);
            if (before.Paused && !after.Paused) await BeginAnew(db, id, clock.MachineNow, cancel);
            await transaction.CommitAsync(cancel);
            RequestTransaction.AfterCommit(bell.Ring);
        }

        http.SetETag(webhook.RowVersion);
        return TypedResults.Ok(WebhookResponse.Of(webhook));

        void Note(string type, WebhookDefinition to) =>
            db.Add(Event.Of(type, now, caller.Id, http.TraceIdentifier, new { webhookId = id, changes = MemberChanges.Between(before, to) }));
    }

    /// <summary>What waits is due at once, and nothing of the time before counts against it.</summary>
    private static async Task BeginAnew(HelpDeskDb db, Guid id, Instant machineNow, CancellationToken cancel)
    {
        var at = machineNow.ToUtc();
        await db.Database.ExecuteSqlAsync(
            $"""
            update webhook_deliveries set next_attempt_at = least(next_attempt_at, {at}), first_failed_at = null, attempts = 0
            where webhook_id = {id} and state = 'pending' and (next_attempt_at > {at} or attempts > 0)
            """,
            cancel);
        await db.Database.ExecuteSqlAsync($"update webhook_progress set failing_since = null where webhook_id = {id}", cancel);
    }

    /// <summary>Delete a webhook</summary>
    /// <remarks>With its log; what waits is not sent any more. What is on its way may still arrive.</remarks>
    public static async Task<NoContent> HandleDelete(Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var webhook = await Webhook.Hold(db, id, cancel);
        http.RequireMatch(webhook.RowVersion);
        db.Remove(webhook);
        db.Add(Event.Of("webhook.deleted", now, caller.Id, http.TraceIdentifier, new { webhookId = id, changes = MemberChanges.Between(webhook.Definition, null) }));
        await db.SaveChangesAsync(cancel);
        await db.Database.ExecuteSqlAsync($"delete from webhook_secrets where holder = {WebhookHolder.OfWebhook(id)}", cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.NoContent();
    }
}
