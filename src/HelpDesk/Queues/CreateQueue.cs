using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Queues;

internal static class CreateQueue
{
    /// <summary>Make a queue</summary>
    /// <remarks>Refused (409, queue-exists) where another queue has the name in whatever case, and (422, no-such-agent) for a lead who is no active agent.</remarks>
    public static async Task<Created<QueueResponse>> Handle(
        QueueDefinition request, HttpContext http, HelpDeskDb db, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        var definition = QueueRules.Read(request);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await QueueRules.CheckLeads(db, null, definition, cancel);
        var queue = new Queue(definition, now);
        db.Add(queue);
        db.Add(Event.Of("queue.created", now, caller.Id, http.TraceIdentifier, new { queueId = queue.Id, changes = MemberChanges.Between(null, definition) }));
        await QueueRules.Save(db, queue, cancel);
        await transaction.CommitAsync(cancel);
        http.SetETag(queue.RowVersion);
        return TypedResults.Created($"/v1/queues/{queue.Id}", QueueResponse.Of(queue));
    }
}
