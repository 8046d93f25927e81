using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace HelpDesk.Jobs;

internal static class RunJobNow
{
    /// <summary>Run a recurring job out of its turn</summary>
    /// <remarks>
    /// A server that runs jobs takes it up within a second or so, whichever is asked; where one has it to itself it comes after the run that is under way. Asking again before that changes nothing. How it
    /// went is told by the list. A paused job is refused (409, job-paused).
    /// </remarks>
    /// <param name="name">The job, as the list names it.</param>
    public static async Task<Accepted<RecurringJobResponse>> Handle(
        string name, HttpContext http, JobList jobs, NpgsqlDataSource database, DeskClock clock, JobSwitches switches, JobBell bell, Caller caller, CancellationToken cancel)
    {
        var job = jobs.Named(name) ?? throw Refusal.NotFound("job");
        var now = await clock.Now(cancel);
        await using (var transaction = await DeskTransaction.Begin(database, cancel))
        {
            if (await JobRows.Ask(transaction, job.Name, clock.MachineNow, cancel))
            {
                await RecurringJobEvents.Write(transaction, "job.triggered", new { job.Name }, caller, http, now, cancel);
            }
            else if (await JobRows.IsPaused(transaction, job.Name, cancel))
            {
                throw Refusal.Conflict("job-paused", "This job is paused. Let it go on first.");
            }

            await transaction.CommitAsync(cancel);
        }

        RequestTransaction.AfterCommit(() =>
        {
            switches.Forget();
            bell.Ring();
        });
        return TypedResults.Accepted("/v1/jobs", RecurringJobResponse.Of(await jobs.Read(job, cancel)));
    }
}
