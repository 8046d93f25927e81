using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.LongWork;

internal static class CancelJob
{
    /// <summary>Cancel a job</summary>
    /// <remarks>
    /// It stops after the step that is under way, and what was done stays done: asked for once more, the work goes on where there is something left. The file of an
    /// import is forgotten with it. Cancelling it twice changes nothing; what has ended otherwise is refused (409, job-over).
    /// </remarks>
    public static async Task<Ok<JobResponse>> Handle(Guid id, HttpContext http, HelpDeskDb db, IEnumerable<LongWorkKind> kinds, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        caller.MustSeeAll();
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        await db.Hold("long_work", id, cancel);
        var job = await ReadJob.Find(db.Set<LongJob>(), id, cancel);
        if (job.State is JobState.Done or JobState.Failed) throw Refusal.Conflict("job-over", $"This job is over: it is {job.State.Word()}.");
        if (job.State != JobState.Cancelled)
        {
            job.Cancel(now);
            db.Add(JobEvents.Cancelled(job, caller.Id, http.TraceIdentifier, now));
            await db.SaveChangesAsync(cancel);
            if (kinds.FirstOrDefault(kind => kind.Name == job.Kind)?.Forgetting is { } forgetting)
            {
                await using var batch = transaction.Connection.CreateBatch();
                batch.BatchCommands.Add(forgetting(job.Request));
                await batch.ExecuteNonQueryAsync(cancel);
            }

            await transaction.CommitAsync(cancel);
        }

        return TypedResults.Ok(JobResponse.Of(job));
    }
}
