using HelpDesk.Database;
using HelpDesk.Time;
using Npgsql;
using Quartz;

namespace HelpDesk.Jobs.Engine;

/// <summary>Quartz.NET, clustered on the desk's own database in the schema <c>quartz</c>.</summary>
internal sealed class QuartzEngine(ISchedulerFactory factory, NpgsqlDataSource database, JobOptions options) : IJobEngine
{
    private IScheduler? scheduler;

    public string Name => "quartz";

    public Duration TakeoverAtMost => options.Patience + options.Look;

    public bool HasDashboard => false;

    public RequestDelegate Dashboard(IApplicationBuilder app, string address) => throw new NotSupportedException("This engine has no pages.");

    /// <summary>The engine makes its tables by itself when it starts.</summary>
    public Task Prepare(CancellationToken cancel) => Task.CompletedTask;

    public async Task Start(IReadOnlyList<RecurringJob> jobs)
    {
        // Its tables live apart from the desk's own.
        await using (var schema = database.CreateCommand("create schema if not exists quartz")) await schema.ExecuteNonQueryAsync();
        scheduler = await factory.GetScheduler();
        foreach (var job in jobs) await Schedule(scheduler, job);
        await scheduler.Start();
    }

    /// <summary>A job that is scheduled already keeps its turn, so that a restart neither repeats nor delays it.</summary>
    private static async Task Schedule(IScheduler scheduler, RecurringJob job)
    {
        var key = new TriggerKey(job.Name);
        var every = job.Every.ToTimeSpan();
        var trigger = TriggerBuilder.Create().WithIdentity(key).StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(every).RepeatForever()).Build();
        // Recovered: what a server was at that died is run by another, and not only at its next turn.
        var detail = JobBuilder.Create<QuartzJob>().WithIdentity(job.Name).RequestRecovery().Build();
        try
        {
            if (await scheduler.GetTrigger(key) is not ISimpleTrigger existing)
            {
                await scheduler.ScheduleJob(detail, trigger);
                return;
            }

            // As this version has it.
            await scheduler.AddJob(detail, AddJobOptions.ReplacingAndStoringNonDurable);
            if (existing.RepeatInterval != every) await scheduler.RescheduleJob(key, trigger);
        }
        catch (ObjectAlreadyExistsException)
        {
            // Another server that is starting was first.
        }
    }

    public async Task Stop(CancellationToken cancel)
    {
        if (scheduler is { } engine) await engine.Shutdown(waitForJobsToComplete: true, cancel);
    }

    public async Task RunNow(string job, CancellationToken cancel) =>
        await (scheduler ?? throw new InvalidOperationException("The engine has not started.")).TriggerJob(new JobKey(job), new JobDataMap { [QuartzJob.Asked] = "1" }, cancel);

    public Task<string?> Trouble(CancellationToken cancel) =>
        Task.FromResult(scheduler is { Status: SchedulerStatus.Running } ? null : "the engine for jobs (quartz) does not run");

    public async Task<IReadOnlyDictionary<string, Instant>> Next(CancellationToken cancel)
    {
        var found = new Dictionary<string, Instant>(StringComparer.Ordinal);
        // Made by the engine, at its first start.
        await using (var exists = database.JoinedCommand("select to_regclass('quartz.qrtz_triggers') is not null"))
        {
            if (await exists.ExecuteScalarAsync(cancel) is not true) return found;
        }

        await using var command = database.JoinedCommand("select job_name, min(next_fire_time) from quartz.qrtz_triggers where next_fire_time > 0 group by job_name");
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel)) found[row.GetString(0)] = new DateTime(row.GetInt64(1), DateTimeKind.Utc).ToInstant();
        return found;
    }
}
