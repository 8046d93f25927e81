using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Queues;

internal static class ChangeQueue
{
    /// <summary>Change a queue</summary>
    /// <remarks>A merge patch. A name cannot be changed (409, queue-in-use) while tickets, agents, policies or advisories that are not over use it.</remarks>
    public static async Task<Ok<QueueResponse>> Handle(
        Guid id, MergePatch<QueueDefinition> patch, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await db.Hold("queues", id, cancel);
        var queue = await ReadQueue.Find(db, id, cancel);
        http.RequireMatch(queue.RowVersion);
        var before = queue.Definition;
        var after = QueueRules.Read(await patch.ApplyTo(before, http));
        var changes = MemberChanges.Between(before, after);
        if (changes.Count > 0)
        {
            if (after.Name != before.Name) await QueueRules.RefuseWhileInUse(db, before.Name, now, cancel);
            await QueueRules.CheckLeads(db, before.LeadIds, after, cancel);
            queue.Change(after, now);
            db.Add(Event.Of("queue.updated", now, caller.Id, http.TraceIdentifier, new { queueId = id, changes }));
            await QueueRules.Save(db, queue, cancel);
            await transaction.CommitAsync(cancel);
        }

        http.SetETag(queue.RowVersion);
        return TypedResults.Ok(QueueResponse.Of(queue));
    }
}
