using Npgsql;
using Quartz;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>One delayed job of the engine for each ticket, clustered, all due now.</summary>
internal sealed class DelayedJobs : IAsyncDisposable
{
    public const string Engine = "Quartz.NET, clustered";

    private readonly NpgsqlDataSource source;
    private readonly ServiceProvider services;
    private readonly IScheduler scheduler;

    private DelayedJobs(NpgsqlDataSource source, ServiceProvider services, IScheduler scheduler) => (this.source, this.services, this.scheduler) = (source, services, scheduler);

    public static async Task<DelayedJobs> Schedule(string connection, long[] tickets, Func<long, CancellationToken, Task> work)
    {
        var source = NpgsqlDataSource.Create(connection);
        await using (var schema = source.CreateCommand("drop schema if exists bench_quartz cascade; create schema bench_quartz")) await schema.ExecuteNonQueryAsync();
        var services = new ServiceCollection().AddLogging().AddSingleton(work).AddSingleton<System.Data.Common.DbDataSource>(source);
        services.AddQuartz(engine =>
        {
            engine.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "bench";
                scheduler.GenerateInstanceId = true;
            });
            engine.UseDefaultThreadPool(EngineFigures.Threads);
            engine.UsePersistentStore(store =>
            {
                store.UsePostgres(database => database.UseRegisteredDataSource = true);
                store.ConfigureStore(options =>
                {
                    options.TablePrefix = "bench_quartz.qrtz_";
                    // Making the triggers takes a while; being late is the engine's affair only from its start on.
                    options.MisfireThreshold = TimeSpan.FromHours(1);
                });
                store.ProvisionSchema();
                store.UseClustering();
            });
        });
        var provider = services.BuildServiceProvider();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler();
        var at = TimeProvider.System.GetUtcNow();
        foreach (var chunk in tickets.Chunk(500)) await scheduler.ScheduleJobs(chunk.ToDictionary(Job, ticket => (IReadOnlyCollection<ITrigger>)[Trigger(ticket, at)]));
        return new(source, provider, scheduler);
    }

    private static IJobDetail Job(long ticket) => JobBuilder.Create<FollowUpJob>().WithIdentity($"{ticket}").UsingJobData("ticket", ticket).Build();

    private static ITrigger Trigger(long ticket, DateTimeOffset at) => TriggerBuilder.Create().WithIdentity($"{ticket}").StartAt(at).Build();

    public async Task Start() => await scheduler.Start();

    public async ValueTask DisposeAsync()
    {
        await scheduler.Shutdown(waitForJobsToComplete: true);
        await services.DisposeAsync();
        await source.DisposeAsync();
    }

    private sealed class FollowUpJob(Func<long, CancellationToken, Task> work) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await work(context.MergedJobDataMap.GetLong("ticket"), cancellationToken);
    }
}
