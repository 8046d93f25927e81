using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Queues;

internal static class DeleteQueue
{
    /// <summary>Delete a queue</summary>
    /// <remarks>Refused (409, queue-in-use) while tickets, agents, policies or advisories that are not over use its name.</remarks>
    public static async Task<NoContent> Handle(Guid id, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await db.Hold("queues", id, cancel);
        var queue = await ReadQueue.Find(db, id, cancel);
        http.RequireMatch(queue.RowVersion);
        await QueueRules.RefuseWhileInUse(db, queue.Name, now, cancel);
        db.Remove(queue);
        db.Add(Event.Of("queue.deleted", now, caller.Id, http.TraceIdentifier, new { queueId = id, changes = MemberChanges.Between(queue.Definition, null) }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.NoContent();
    }
}
