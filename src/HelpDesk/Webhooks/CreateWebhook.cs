using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Events.Feed;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Outgoing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Webhooks;

internal static class CreateWebhook
{
    private const int Most = 500;

    /// <summary>Make a webhook</summary>
    /// <remarks>
    /// From now on each event of the types and queues is posted to the address, as the feed has it. Read the secret at <c>/secret</c>, verify every post with it, and
    /// send a test event. What happened before can be sent with a replay. A key with this scope alone may have every event sent: give it to whom you would give
    /// <c>events:read</c>. A desk has 500 webhooks at most (409, too-many-webhooks).
    /// </remarks>
    public static async Task<Created<WebhookResponse>> Handle(
        WebhookDefinition request, HttpContext http, HelpDeskDb db, FeedReader feed, OutgoingGuard guard, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var webhook = new Webhook(WebhookRules.Read(request, guard), now);
        // What was committed before this is not sent.
        var cursor = (await feed.Here(cancel)).ToString();
        await using var transaction = await db.Begin(cancel);
        if (await db.Set<Webhook>().CountAsync(cancel) >= Most) throw Refusal.Conflict("too-many-webhooks", $"A desk has {Most} webhooks at most.");
        db.Add(webhook);
        db.Add(Event.Of("webhook.created", now, caller.Id, http.TraceIdentifier, new { webhookId = webhook.Id, changes = MemberChanges.Between(null, webhook.Definition) }));
        await db.SaveChangesAsync(cancel);
        await db.Database.ExecuteSqlAsync($"insert into webhook_progress (webhook_id, cursor) values ({webhook.Id}, {cursor})", cancel);
        await transaction.CommitAsync(cancel);
        http.SetETag(webhook.RowVersion);
        return TypedResults.Created($"/v1/webhooks/{webhook.Id}", WebhookResponse.Of(webhook));
    }
}
