using Npgsql;
using Quartz;

namespace HelpDesk.Jobs;

/// <summary>
/// Starts and stops the clustered engine. It starts beside the host, not before it: a database that is away delays these jobs, never the desk.
/// </summary>
internal sealed partial class ClusteredJobs(
    IEnumerable<RecurringJob> jobs, ISchedulerFactory factory, NpgsqlDataSource database, TimeProvider machine, ILogger<ClusteredJobs> log) : IHostedService, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource stopping = new();
    private Task<IScheduler?> start = Task.FromResult<IScheduler?>(null);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        start = Task.Run(() => Start(stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task<IScheduler?> Start(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                // Its tables live apart from the desk's own.
                await using (var schema = database.CreateCommand("create schema if not exists quartz")) await schema.ExecuteNonQueryAsync(cancel);
                var scheduler = await factory.GetScheduler(cancel);
                foreach (var job in jobs.Where(job => job.Reach == JobReach.OnceAcrossServers)) await Schedule(scheduler, job, cancel);
                await scheduler.Start(cancel);
                return scheduler;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return null;
            }
            catch (Exception error)
            {
                LogNotStarted(error.GetBaseException().Message);
                await Task.Delay(Pause, machine, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        return null;
    }

    /// <summary>A job that is scheduled already keeps its turn, so that a restart neither repeats nor delays it.</summary>
    private static async Task Schedule(IScheduler scheduler, RecurringJob job, CancellationToken cancel)
    {
        var key = new TriggerKey(job.Name);
        var every = job.Every.ToTimeSpan();
        var trigger = TriggerBuilder.Create().WithIdentity(key).StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever()).Build();
        try
        {
            if (await scheduler.GetTrigger(key, cancel) is not ISimpleTrigger existing)
            {
                await scheduler.ScheduleJob(JobBuilder.Create<ClusteredJob>().WithIdentity(job.Name).Build(), trigger, cancellationToken: cancel);
            }
            else if (existing.RepeatInterval != every)
            {
                await scheduler.RescheduleJob(key, trigger, cancel);
            }
        }
        catch (ObjectAlreadyExistsException)
        {
            // Another server that is starting was first.
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        if (await start is { } scheduler) await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }

    public void Dispose() => stopping.Dispose();

    [LoggerMessage(LogLevel.Warning, "The engine for jobs that run once across servers could not start ({Reason}); trying again")]
    private partial void LogNotStarted(string reason);
}
