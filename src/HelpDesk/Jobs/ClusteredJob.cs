using Quartz;

namespace HelpDesk.Jobs;

/// <summary>What the clustered engine fires: it finds the job of its own name in the table and runs it.</summary>
[DisallowConcurrentExecution]
internal sealed class ClusteredJob(IEnumerable<RecurringJob> jobs, JobRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        // Another version of the desk may know jobs that this one does not.
        if (jobs.SingleOrDefault(job => job.Name == context.JobDetail.Key.Name) is not { } job) return;
        await runner.Run(job, cancellationToken);
    }
}
