using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;
using Hangfire.Logging;
using Hangfire.PostgreSql;
using Hangfire.States;
using Hangfire.Storage;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Jobs.Engine;

/// <summary>Hangfire on the desk's own database, in the schema <c>hangfire</c>, over a few connections of its own.</summary>
internal sealed class HangfireEngine(
    NpgsqlDataSource database, HangfireStore store, JobOptions options, IServiceScopeFactory scopes, TimeProvider machine, ILoggerFactory loggers) : IJobEngine, IDisposable
{
    /// <summary>Housekeeping is all there is: the sweeps run on <see cref="TimedJobs"/>.</summary>
    private const int Workers = 2;

    /// <summary>Ours and nobody else's: two desks in one process do not see each other's.</summary>
    private readonly JobFilterProviderCollection filters = Filters(options);

    private readonly string server = $"{Environment.MachineName.ToLowerInvariant()}-{Guid.CreateVersion7(machine.GetUtcNow()):n}";
    private readonly Heartbeat heartbeat = new(machine);
    private BackgroundJobServer? running;

    public string Name => "hangfire";

    /// <summary>Until what died is seen to be dead, then until a worker looks, and until its lock is seen to be old.</summary>
    public Duration TakeoverAtMost => options.Patience + options.Look + options.Look;

    public bool HasDashboard => true;

    public RequestDelegate Dashboard(IApplicationBuilder app, string address) => HangfireDashboard.Build(app, address, store.Storage);

    public async Task Prepare(CancellationToken cancel)
    {
        // One for the whole process.
        LogProvider.SetCurrentLogProvider(new HangfireLogs(loggers));
        await using var alone = await JobLock.Take(database, "hangfire schema", cancel);
        await using var connection = await database.OpenConnectionAsync(cancel);
        PostgreSqlObjectsInstaller.Install(connection, HangfireStore.Schema);
    }

    public async Task Start(IReadOnlyList<RecurringJob> jobs)
    {
        await using (await JobLock.Take(database, "hangfire plan", CancellationToken.None)) Plan(jobs);
        running ??= Serve();
    }

    /// <summary>A job that is planned already keeps its turn. One that is new runs at once, and then at its turns.</summary>
    private void Plan(IReadOnlyList<RecurringJob> jobs)
    {
        var manager = new RecurringJobManager(store.Storage, filters);
        var known = Planned().ToDictionary(job => job.Id);
        foreach (var job in jobs)
        {
            var isNew = !known.ContainsKey(job.Name);
            manager.AddOrUpdate(job.Name, Job.FromExpression<HangfireJob>(run => run.Run(job.Name, false, CancellationToken.None)), Cadence.Cron(job), new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc });
            if (isNew) manager.Trigger(job.Name);
        }
    }

    private BackgroundJobServer Serve()
    {
        var look = options.Look.ToTimeSpan();
        var settings = new BackgroundJobServerOptions
        {
            ServerName = server,
            WorkerCount = Workers,
            SchedulePollingInterval = look,
            HeartbeatInterval = look,
            ServerTimeout = 4 * look,
            ServerCheckInterval = 4 * look,
            CancellationCheckInterval = look,
            // The host's own patience ends it sooner.
            StopTimeout = TimeSpan.FromMinutes(5),
            ShutdownTimeout = TimeSpan.FromMinutes(5),
            FilterProvider = filters,
            Activator = new AspNetCoreJobActivator(scopes),
        };
        return new(settings, store.Storage);
    }

    public async Task Stop(CancellationToken cancel)
    {
        if (running is not { } engine) return;
        engine.SendStop();
        await engine.WaitForShutdownAsync(cancel);
    }

    public Task RunNow(string job, CancellationToken cancel)
    {
        new BackgroundJobClient(store.Storage, filters).Create(Job.FromExpression<HangfireJob>(run => run.Run(job, true, CancellationToken.None)), new EnqueuedState());
        return Task.CompletedTask;
    }

    public async Task<string?> Trouble(CancellationToken cancel)
    {
        // It cannot be stopped once it has begun.
        var servers = await Task.Run(() => store.Storage.GetMonitoringApi().Servers(), CancellationToken.None).WaitAsync(cancel);
        var own = servers.FirstOrDefault(other => other.Name.StartsWith(server, StringComparison.Ordinal));
        return heartbeat.IsHeard(own?.Heartbeat, 4 * options.Look) ? null : "the engine for jobs (hangfire) has not been heard of";
    }

    public Task<IReadOnlyDictionary<string, Instant>> Next(CancellationToken cancel) => Task.Run<IReadOnlyDictionary<string, Instant>>(
        () => Planned().Where(job => job.NextExecution is not null)
            .ToDictionary(job => job.Id, job => DateTime.SpecifyKind(job.NextExecution!.Value, DateTimeKind.Utc).ToInstant(), StringComparer.Ordinal),
        cancel);

    private List<RecurringJobDto> Planned()
    {
        using var connection = store.Storage.GetConnection();
        return connection.GetRecurringJobs();
    }

    private static JobFilterProviderCollection Filters(JobOptions options) => new(
        new JobFilterCollection
        {
            new AskedRunWaits(options.RetryAfter[0]),
            new AutomaticRetryAttribute
            {
                Attempts = options.RetryAfter.Count,
                DelaysInSeconds = [.. options.RetryAfter.Select(delay => (int)Math.Ceiling(delay.TotalSeconds))],
                // The job says itself, once, what was amiss.
                LogEvents = false,
            },
        },
        new JobFilterAttributeFilterProvider());

    public void Dispose() => running?.SendStop();
}
