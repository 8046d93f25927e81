using HelpDesk.Jobs;
using HelpDesk.Tests.Support;
using HelpDesk.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HelpDesk.Tests.Jobs;

[NonParallelizable]
internal sealed class JobTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Duration Often = Duration.FromMilliseconds(5);
    private static readonly Duration Seldom = Duration.FromHours(1);
    private readonly LogLines log = new();

    [SetUp]
    public void Forget() => log.Clear();

    [Test]
    public async Task A_job_comes_again_and_again()
    {
        var runs = new Signal();
        using var desk = Run([Job("again", Often, () => runs.Count())]);
        await runs.Reach(3);
    }

    [Test]
    public async Task A_throwing_job_stops_neither_the_others_nor_itself()
    {
        var (bad, good) = (new Signal(), new Signal());
        using var desk = Run(
        [
            Job("bad", Often, () =>
            {
                bad.Count();
                throw new InvalidOperationException("broken");
            }),
            Job("good", Often, () => good.Count()),
        ]);
        await bad.Reach(2);
        await good.Reach(2);
        Assert.That(log.Errors.First().Text, Is.EqualTo("bad failed; it comes again at its next turn"));
        Assert.That(log.Errors.First().Scopes, Does.Contain("Job:bad"));
    }

    [Test]
    public async Task A_job_that_fails_again_and_again_comes_ever_more_rarely_whatever_is_due_and_whoever_rings()
    {
        var (runs, bell) = (new Timed(), new Bell());
        using var desk = Run([Job("bad", Duration.FromMilliseconds(100), () =>
        {
            runs.Count();
            bell.Ring();
            throw new InvalidOperationException("broken");
        }) with { Bell = _ => bell, NextDue = LongDue }]);
        Assert.That(await runs.Took(4), Is.GreaterThan(TimeSpan.FromMilliseconds(690)), "100 ms, 200 ms, 400 ms");
    }

    [Test]
    public async Task What_is_due_and_in_another_s_hands_is_not_asked_for_without_a_pause()
    {
        var runs = new Timed();
        using var desk = Run([Job("patient", Seldom, () => runs.Count()) with { NextDue = LongDue }]);
        Assert.That(await runs.Took(5), Is.GreaterThan(TimeSpan.FromMilliseconds(390)));
    }

    /// <summary>Counts, and knows when.</summary>
    private sealed class Timed
    {
        private readonly Signal signal = new();
        private readonly System.Collections.Concurrent.ConcurrentQueue<long> at = new();

        public void Count()
        {
            at.Enqueue(TimeProvider.System.GetTimestamp());
            signal.Count();
        }

        public async Task<TimeSpan> Took(int runs)
        {
            await signal.Reach(runs);
            return TimeProvider.System.GetElapsedTime(at.First(), at.ElementAt(runs - 1));
        }
    }

    private static Task<Instant?> LongDue(IServiceProvider services, Instant now, CancellationToken cancel) => Task.FromResult<Instant?>(now - Duration.FromHours(1));

    [Test]
    public async Task A_clock_that_is_set_back_under_a_run_makes_no_run_shorter_than_nothing()
    {
        var machine = new TestMachine(Instant.FromUtc(2026, 3, 2, 8, 0));
        var job = Job("back", Seldom, () => machine.Now -= Duration.FromHours(1));
        using var desk = TestDesk.Start(machine: machine);
        var outcome = await desk.Services.GetRequiredService<JobRunner>().Run(job, default);
        Assert.That(outcome.Run!.Took, Is.InRange(Duration.Zero, Duration.FromMinutes(1)));
    }

    [Test]
    public async Task A_job_that_did_something_is_run_again_at_once()
    {
        var runs = new Signal();
        using var desk = Run([Job("busy", Seldom, () => runs.Count(), batches: 3)]);
        await runs.Reach(4);
    }

    [Test]
    public async Task A_bell_wakes_a_job_before_its_turn()
    {
        var (runs, bell) = (new Signal(), new Bell());
        using var desk = Run([Job("sleeper", Seldom, () => runs.Count()) with { Bell = _ => bell }]);
        await runs.Reach(1);
        bell.Ring();
        await runs.Reach(2);
    }

    [Test]
    public async Task A_job_wakes_at_the_next_due_instant()
    {
        var runs = new Signal();
        using var desk = Run([Job("exact", Seldom, () => runs.Count()) with { NextDue = (_, now, _) => Task.FromResult<Instant?>(now + Duration.FromMilliseconds(20)) }]);
        await runs.Reach(3);
    }

    [Test]
    public async Task In_a_sandbox_that_holds_the_time_desk_jobs_stand_still_and_machine_jobs_go_on()
    {
        using var database = TestDatabase.Create();
        await database.Execute("insert into sandbox_clock (now) values ('2026-03-02T08:00:00Z')");
        var (desks, machines) = (new Signal(), new Signal());
        using var desk = Run(
            [Job("desk", Often, () => desks.Count()), Job("machine", Often, () => machines.Count()) with { Clock = JobClock.Machine }], database, ("Sandbox:Clock", "true"));
        await machines.Reach(5);
        Assert.That(desks.Value, Is.Zero);
    }

    [Test]
    public void Switched_off_nothing_runs()
    {
        using var desk = Run([Job("off", Often, () => Assert.Fail("ran"))], null, ("Jobs:Enabled", "false"));
        Assert.That(desk.Services.GetServices<IHostedService>().Select(service => service.GetType().Namespace), Has.None.EqualTo(typeof(TimedJobs).Namespace));
    }

    [Test]
    public async Task Stopping_waits_for_the_batch_that_runs_and_starts_no_other()
    {
        var (started, release) = (new Signal(), new TaskCompletionSource());
        var finished = 0;
        var job = new RecurringJob("slow", Often, JobReach.EachServer, JobClock.Machine, async (_, _, cancel) =>
        {
            started.Count();
            await release.Task.WaitAsync(cancel);
            return Interlocked.Increment(ref finished);
        });
        using var desk = Run([job]);
        await started.Reach(1);
        var stop = desk.Services.GetServices<IHostedService>().OfType<TimedJobs>().Single().StopAsync(CancellationToken.None);
        Assert.That(stop.IsCompleted, Is.False);
        release.SetResult();
        await stop.WaitAsync(Patience);
        Assert.That((started.Value, finished), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Stopping_cancels_a_batch_when_the_host_s_patience_is_over()
    {
        var started = new Signal();
        var job = new RecurringJob("endless", Often, JobReach.EachServer, JobClock.Machine, async (_, _, cancel) =>
        {
            started.Count();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return 0;
        });
        using var desk = Run([job]);
        await started.Reach(1);
        using var patience = new CancellationTokenSource();
        var stop = desk.Services.GetServices<IHostedService>().OfType<TimedJobs>().Single().StopAsync(patience.Token);
        await patience.CancelAsync();
        await stop.WaitAsync(Patience);
    }

    [Test]
    public async Task While_the_database_is_away_a_job_says_so_once_and_goes_on_when_it_is_back()
    {
        var (runs, away) = (new Signal(), true);
        using var desk = Run([Job("patient", Often, () =>
        {
            runs.Count();
            if (Volatile.Read(ref away)) throw new NpgsqlException("gone", new IOException("closed"));
        })]);
        await runs.Reach(5);
        Volatile.Write(ref away, false);
        await runs.Reach(runs.Value + 2);
        var said = log.Lines.Where(line => line.Category == typeof(JobRunner).FullName && line.Level >= LogLevel.Information).Select(line => line.Text).ToList();
        Assert.That(said, Has.Count.EqualTo(2), string.Join('\n', said));
        Assert.That(said[0], Does.StartWith("patient: the database is away"));
        Assert.That(said[1], Is.EqualTo("patient: the database is back"));
    }

    [Test]
    public async Task A_job_that_may_rest_looks_again_when_something_was_committed_and_not_before()
    {
        using var database = TestDatabase.Create();
        var (resting, restless) = (new Signal(), new Signal());
        using var desk = Run([Resting(resting), Job("restless", Often, () => restless.Count())], database);
        for (var round = 1; round <= 3; round++)
        {
            await restless.Reach(restless.Value + 200);
            // What starts beside the jobs commits too, now and then.
            Assert.That(resting.Value, Is.InRange(1, 40));
            var before = resting.Value;
            var committed = TimeProvider.System.GetTimestamp();
            await database.Execute("select pg_current_xact_id()");
            await resting.Reach(before + 1);
            Assert.That(TimeProvider.System.GetElapsedTime(committed), Is.LessThan(TimeSpan.FromSeconds(5)), "sooner than the longest rest");
        }
    }

    [Test]
    public async Task What_comes_due_ends_a_rest()
    {
        var (runs, due) = (new Signal(), TimeProvider.System.GetCurrentInstant() + Duration.FromMilliseconds(500));
        var looks = new System.Collections.Concurrent.ConcurrentQueue<Instant>();
        using var desk = Run([Resting(runs, () => looks.Enqueue(TimeProvider.System.GetCurrentInstant())) with { NextDue = (_, _, _) => Task.FromResult<Instant?>(due) }]);
        await runs.Reach(2);
        for (var count = runs.Value; looks.Last() < due; count++) await runs.Reach(count + 1);
        Assert.That(looks.Last(), Is.LessThan(due + Duration.FromSeconds(5)));
    }

    [Test]
    public async Task A_bell_ends_a_rest()
    {
        var (runs, bell) = (new Signal(), new Bell());
        using var desk = Run([Resting(runs) with { Every = Seldom, Bell = _ => bell }]);
        for (var count = 1; count <= 3; count++)
        {
            await runs.Reach(count);
            bell.Ring();
        }
    }

    [Test]
    public async Task While_something_waits_that_time_brings_there_is_no_rest()
    {
        var runs = new Signal();
        using var desk = Run([Resting(runs) with { MayRest = (_, _) => Task.FromResult(false) }]);
        await runs.Reach(200);
    }

    private static RecurringJob Resting(Signal runs, Action? run = null) => Job("resting", Often, () =>
    {
        run?.Invoke();
        runs.Count();
    }) with { MayRest = (_, _) => Task.FromResult(true) };

    private static RecurringJob Job(string name, Duration every, Action run, int batches = 0) => new(name, every, JobReach.EachServer, JobClock.Desk, (_, _, _) =>
    {
        run();
        return Task.FromResult(batches-- > 0 ? 1 : 0);
    });

    private TestDesk Run(RecurringJob[] jobs, TestDatabase? database = null, params (string Key, string Value)[] settings) => TestDesk.Start(
        [("Jobs:Enabled", "true"), .. settings],
        services: services =>
        {
            services.RemoveAll<RecurringJob>();
            foreach (var job in jobs) services.AddSingleton(job);
            services.AddLogging(logging => logging.AddProvider(log));
        },
        database: database);
}
