using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace HelpDesk.Jobs;

/// <summary>Whether it is to stand still.</summary>
/// <param name="Paused">true: it does not run until this is set to false again.</param>
[Example("""{ "paused": true }""")]
public sealed record PauseJobRequest(bool Paused);

internal static class PauseJob
{
    /// <summary>Pause a recurring job, or let it go on</summary>
    /// <remarks>
    /// Holds on every server within two seconds, and outlasts restarts. What runs already is finished. Mind what stands still: while follow_up is paused, promises lapse unannounced. Let go on, it comes at its
    /// next turn; a run out of turn that nobody had taken up is forgotten.
    /// </remarks>
    /// <param name="name">The job, as the list names it.</param>
    public static async Task<Ok<RecurringJobResponse>> Handle(
        string name, PauseJobRequest request, HttpContext http, JobList jobs, NpgsqlDataSource database, DeskClock clock, JobSwitches switches, JobBell bell, Caller caller,
        CancellationToken cancel)
    {
        var job = jobs.Named(name) ?? throw Refusal.NotFound("job");
        var now = await clock.Now(cancel);
        await using (var transaction = await DeskTransaction.Begin(database, cancel))
        {
            if (request.Paused ? await JobRows.Pause(transaction, job.Name, caller.Id, clock.MachineNow, cancel) : await JobRows.Resume(transaction, job.Name, cancel))
            {
                var changes = new { paused = new { from = !request.Paused, to = request.Paused } };
                await RecurringJobEvents.Write(transaction, request.Paused ? "job.paused" : "job.resumed", new { job.Name, changes }, caller, http, now, cancel);
            }

            await transaction.CommitAsync(cancel);
        }

        RequestTransaction.AfterCommit(() =>
        {
            switches.Forget();
            bell.Ring();
        });
        return TypedResults.Ok(RecurringJobResponse.Of(await jobs.Read(job, cancel)));
    }
}
