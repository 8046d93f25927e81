using Hangfire;
using Hangfire.PostgreSql;
using Npgsql;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>One delayed job of the engine for each ticket, all due now, with the settings that serve a queue best.</summary>
internal sealed class DelayedJobs : IAsyncDisposable
{
    public const string Engine = "Hangfire";

    private readonly NpgsqlDataSource source;
    private readonly PostgreSqlStorage storage;
    private readonly JobActivator activator;
    private BackgroundJobServer? server;

    private DelayedJobs(NpgsqlDataSource source, PostgreSqlStorage storage, JobActivator activator) => (this.source, this.storage, this.activator) = (source, storage, activator);

    public static Task<DelayedJobs> Schedule(string connection, long[] tickets, Func<long, CancellationToken, Task> work)
    {
        var source = NpgsqlDataSource.Create(connection);
        var storage = new PostgreSqlStorage(new Connections(source), new PostgreSqlStorageOptions
        {
            SchemaName = "bench_hangfire",
            QueuePollInterval = TimeSpan.FromMilliseconds(200),
            EnableLongPolling = true,
            UseSlidingInvisibilityTimeout = true,
        });
        var client = new BackgroundJobClient(storage);
        foreach (var ticket in tickets) client.Schedule<FollowUpJob>(job => job.Run(ticket, CancellationToken.None), TimeSpan.Zero);
        return Task.FromResult(new DelayedJobs(source, storage, new Activator(new FollowUpJob(work))));
    }

    public Task Start()
    {
        server = new(new BackgroundJobServerOptions { WorkerCount = EngineFigures.Threads, SchedulePollingInterval = TimeSpan.FromMilliseconds(200), Activator = activator }, storage);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.SendStop();
            await server.WaitForShutdownAsync(CancellationToken.None);
            server.Dispose();
        }

        await source.DisposeAsync();
    }

    internal sealed class FollowUpJob(Func<long, CancellationToken, Task> work)
    {
        public Task Run(long ticket, CancellationToken cancel) => work(ticket, cancel);
    }

    private sealed class Activator(FollowUpJob job) : JobActivator
    {
        public override object ActivateJob(Type jobType) => job;
    }

    private sealed class Connections(NpgsqlDataSource source) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
    }
}
