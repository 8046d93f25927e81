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
    private Task? stop;
    private Task start = Task.CompletedTask;
    private IScheduler? scheduler;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        start = Task.Run(() => Start(stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task Start(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await StartOnce();
                return;
            }
            catch (Exception error)
            {
                LogNotStarted(error.GetBaseException().Message);
                await Task.Delay(Pause, machine, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Not to be cancelled half-way: the engine would go on by itself with what it has begun.</summary>
    private async Task StartOnce()
    {
        // Its tables live apart from the desk's own.
        await using (var schema = database.CreateCommand("create schema if not exists quartz")) await schema.ExecuteNonQueryAsync();
        scheduler = await factory.GetScheduler();
        foreach (var job in jobs.Where(job => job.Reach == JobReach.OnceAcrossServers)) await Schedule(scheduler, job);
        await scheduler.Start();
    }

    /// <summary>A job that is scheduled already keeps its turn, so that a restart neither repeats nor delays it.</summary>
    private static async Task Schedule(IScheduler scheduler, RecurringJob job)
    {
        var key = new TriggerKey(job.Name);
        var every = job.Every.ToTimeSpan();
        var trigger = TriggerBuilder.Create().WithIdentity(key).StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever()).Build();
        try
        {
            if (await scheduler.GetTrigger(key) is not ISimpleTrigger existing)
            {
                await scheduler.ScheduleJob(JobBuilder.Create<ClusteredJob>().WithIdentity(job.Name).Build(), trigger);
            }
            else if (existing.RepeatInterval != every)
            {
                await scheduler.RescheduleJob(key, trigger);
            }
        }
        catch (ObjectAlreadyExistsException)
        {
            // Another server that is starting was first.
        }
    }

    /// <summary>A host may ask twice.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => stop ??= Stop(cancellationToken);

    /// <summary>Batches that run are waited for until the host's patience ends. The engine's own wait has been seen to outlast it; the host must not.</summary>
    private async Task Stop(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        try
        {
            await start.WaitAsync(cancellationToken);
            if (scheduler is not { } engine) return;
            await Task.Run(async () => await engine.Shutdown(waitForJobsToComplete: true, cancellationToken), CancellationToken.None).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogNotStopped();
        }
    }

    public void Dispose() => stopping.Dispose();

    [LoggerMessage(1401, LogLevel.Warning, "The engine for jobs that run once across servers could not start ({Reason}); trying again")]
    private partial void LogNotStarted(string reason);

    [LoggerMessage(1402, LogLevel.Warning, "The engine for jobs that run once across servers did not stop in time; another server takes over what it left")]
    private partial void LogNotStopped();
}
