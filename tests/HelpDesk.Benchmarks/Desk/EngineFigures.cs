using System.Diagnostics;
using System.Globalization;
using HelpDesk.Access;
using HelpDesk.FollowUps;
using HelpDesk.Tickets;
using Npgsql;
using Quartz;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>
/// What one would do without a sweep: a delayed job of the build's own engine for each follow-up, clustered on the same PostgreSQL, due at one instant. Each job
/// does in a transaction of its own what the sweep does for one ticket.
/// </summary>
internal static class EngineFigures
{
    private const int Threads = 16;

    /// <returns>Follow-ups a second.</returns>
    public static async Task<double> Print(BenchDesk desk, string connection, long[] tickets, Instant due)
    {
        await desk.Run("drop schema if exists bench_quartz cascade; create schema bench_quartz");
        var services = new ServiceCollection().AddLogging();
        var done = new CountdownEvent(tickets.Length);
        await using var source = NpgsqlDataSource.Create(connection);
        services.AddSingleton(new Work(desk, due, done));
        services.AddSingleton<System.Data.Common.DbDataSource>(source);
        services.AddQuartz(engine =>
        {
            engine.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "bench";
                scheduler.GenerateInstanceId = true;
            });
            engine.UseDefaultThreadPool(Threads);
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
        await using var provider = services.BuildServiceProvider();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler();
        var at = TimeProvider.System.GetUtcNow();
        foreach (var chunk in tickets.Chunk(500)) await scheduler.ScheduleJobs(chunk.ToDictionary(Job, ticket => (IReadOnlyCollection<ITrigger>)[Trigger(ticket, at)]));
        await desk.Run("vacuum analyze");
        var start = Stopwatch.GetTimestamp();
        await scheduler.Start();
        await Task.Run(() => done.Wait(TimeSpan.FromMinutes(10)));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var finished = tickets.Length - done.CurrentCount;
        await scheduler.Shutdown(waitForJobsToComplete: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"the same as the job engine's own delayed jobs (Quartz.NET, clustered, {Threads} threads): {finished} in {seconds:0.00} s = {finished / seconds:0} per second"));
        done.Dispose();
        return finished / seconds;
    }

    private static IJobDetail Job(long ticket) => JobBuilder.Create<FollowUpJob>().WithIdentity($"{ticket}").UsingJobData("ticket", ticket).Build();

    private static ITrigger Trigger(long ticket, DateTimeOffset at) => TriggerBuilder.Create().WithIdentity($"{ticket}").StartAt(at).Build();

    private sealed record Work(BenchDesk Desk, Instant Due, CountdownEvent Done);

    private sealed class FollowUpJob(Work work) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            var ticket = context.MergedJobDataMap.GetLong("ticket");
            var (desk, sweep) = (work.Desk.Get<TicketDesk>(), work.Desk.Get<SweepDue>());
            await using var tickets = await TicketWork.Begin(desk, work.Due, [ticket], Caller.Desk, cancellationToken);
            await sweep.SweepAll(tickets, _ => [], cancellationToken);
            tickets.LeaveUnchanged();
            await tickets.Commit(SweepDue.Actor, null, cancellationToken);
            work.Done.Signal();
        }
    }
}
