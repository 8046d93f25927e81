using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Jobs;

internal static class ReadRecurringJobs
{
    /// <summary>List the recurring jobs</summary>
    /// <remarks>Work that comes back by itself, whichever engine fires it: how often, how it went last, when it comes next, and whether it is paused.</remarks>
    public static async Task<Ok<RecurringJobList>> Handle(JobList jobs, CancellationToken cancel) =>
        TypedResults.Ok(new RecurringJobList([.. (await jobs.Read(cancel)).Select(RecurringJobResponse.Of)]));
}
