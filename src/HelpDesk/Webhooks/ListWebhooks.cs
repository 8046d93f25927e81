using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Webhooks;

internal static class ListWebhooks
{
    /// <summary>List the webhooks</summary>
    /// <remarks>Oldest first.</remarks>
    public static async Task<Paged<WebhookResponse>> Handle(Page page, HelpDeskDb db, CancellationToken cancel)
    {
        var rows = db.Set<Webhook>().AsNoTracking();
        if (page.After(out Guid last)) rows = rows.Where(row => row.Id > last);
        var found = await rows.OrderBy(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return page.Of([.. found.Select(WebhookResponse.Of)], webhook => webhook.Id);
    }

    /// <summary>Read a webhook</summary>
    public static async Task<Ok<WebhookResponse>> HandleOne(Guid id, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        var webhook = await Webhook.Read(db, id, cancel);
        http.SetETag(webhook.RowVersion);
        return TypedResults.Ok(WebhookResponse.Of(webhook));
    }
}
