using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Queues;

internal static class ReadQueue
{
    /// <summary>Read a queue</summary>
    public static async Task<Ok<QueueResponse>> Handle(Guid id, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        var queue = await Find(db, id, cancel);
        http.SetETag(queue.RowVersion);
        return TypedResults.Ok(QueueResponse.Of(queue));
    }

    public static async Task<Queue> Find(HelpDeskDb db, Guid id, CancellationToken cancel) =>
        await db.Set<Queue>().FirstOrDefaultAsync(row => row.Id == id, cancel) ?? throw Refusal.NotFound("queue");
}
