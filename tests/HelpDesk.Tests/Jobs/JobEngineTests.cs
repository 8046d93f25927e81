using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using HelpDesk.Jobs;
using HelpDesk.Tests.Support;
using HelpDesk.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Jobs;

/// <summary>What the desk asks of whichever engine it is built with.</summary>
[NonParallelizable]
internal sealed class JobEngineTests : EngineFixture
{
    [Test]
    public async Task A_job_comes_at_its_cadence_however_many_servers_there_are_and_never_twice_at_once()
    {
        var (runs, running, overlaps) = (new Signal(), 0, 0);
        var job = Once("once", Often, _ =>
        {
            if (Interlocked.Increment(ref running) > 1) Interlocked.Increment(ref overlaps);
            runs.Count();
            Interlocked.Decrement(ref running);
            return Task.CompletedTask;
        });
        var start = Stopwatch.GetTimestamp();
        using var one = Run(job);
        using var two = Run(job);
        await runs.Reach(7);
        // The first run is made at once, and the first turn of the clock may follow on its heels; five more take this long. Fired by both servers they would take half of it.
        Assert.That(Stopwatch.GetElapsedTime(start), Is.GreaterThanOrEqualTo(5 * Often.ToTimeSpan()));
        Assert.That(overlaps, Is.Zero);
    }

    [Test]
    public async Task No_figure_names_a_pool_by_where_the_database_is()
    {
        var runs = new Signal();
        using var desk = Run([Once("once", Often, runs)], ("Metrics:Enabled", "true"));
        await runs.Reach(1);
        var told = await (await desk.Admin.GetAsync("/metrics")).Content.ReadAsStringAsync();
        var pools = Regex.Matches(told, "db_client_connection_pool_name=\"([^\"]*)\"").Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.That(pools, Does.Contain("helpdesk"));
        // The test's own pools are in this process too; only the engine's says so in its connection string.
        Assert.That(pools.Where(pool => pool.Contains("helpdesk-jobs", StringComparison.Ordinal)), Has.All.EqualTo("helpdesk-jobs"));
    }

    [Test]
    public async Task A_run_that_outlasts_the_engine_s_patience_is_still_the_only_one()
    {
        var (ticks, runs, release) = (new Signal(), new Signal(), new TaskCompletionSource());
        var endless = Once("endless", Often, async cancel =>
        {
            runs.Count();
            await release.Task.WaitAsync(cancel);
        });
        using var one = Run(endless, Once("tick", Often, ticks));
        using var two = Run(endless, Once("tick", Often, ticks));
        await runs.Reach(1);
        // Longer than a server that says nothing is taken for living.
        await ticks.Reach(ticks.Value + 5);
        Assert.That(runs.Value, Is.EqualTo(1));
        release.SetResult();
        await runs.Reach(2);
    }

    [Test]
    public async Task A_run_that_is_asked_for_while_a_long_one_is_under_way_comes_after_it_however_long_that_takes()
    {
        var (ticks, runs, release) = (new Signal(), new Signal(), new TaskCompletionSource());
        using var desk = Run(
            Once("long", Seldom, async cancel =>
            {
                runs.Count();
                await release.Task.WaitAsync(cancel);
            }),
            Each("tick", Often, ticks));
        await runs.Reach(1);
        await RunNow(desk, "long");
        // Longer than all tries of a run that fails, each with its wait for the other.
        await ticks.Reach(ticks.Value + 25);
        Assert.That(runs.Value, Is.EqualTo(1));
        release.SetResult();
        await runs.Reach(2);
    }

    [Test]
    public async Task A_restart_does_not_repeat_what_runs_seldom()
    {
        var (seldom, often) = (new Signal(), new Signal());
        var jobs = new[] { Once("seldom", Seldom, seldom), Once("often", Often, often) };
        using (Run(jobs)) await seldom.Reach(1);
        using (Run(jobs)) await often.Reach(often.Value + 2);
        Assert.That(seldom.Value, Is.EqualTo(1));
    }

    [Test]
    public async Task A_job_that_fails_is_tried_again_and_holds_up_no_other()
    {
        var (bad, good) = (new Signal(), new Signal());
        using var desk = Run(
            Once("bad", Seldom, _ =>
            {
                bad.Count();
                throw new InvalidOperationException("broken");
            }),
            Once("good", Often, good));
        await bad.Reach(3);
        await good.Reach(good.Value + 2);
        Assert.That(bad.Value, Is.EqualTo(3), "after the last try it waits for its next turn");
        var (failed, fine) = (await Job(desk, "bad"), await Job(desk, "good"));
        Assert.That(((string?)failed["lastRun"]!["error"], (string?)fine["lastRun"]!["error"]), Is.EqualTo(("broken", (string?)null)));
        Assert.That((string?)failed["nextRunAt"], Is.Not.Null);
    }

    [Test]
    public async Task The_engine_outlives_a_database_that_goes_away_and_comes_back()
    {
        var runs = new Signal();
        using var desk = Run(Once("tough", Often, runs));
        await runs.Reach(2);
        await Database.Interrupt(async () => Assert.That((await desk.Anonymous.GetAsync("/health/ready")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable)));
        await runs.Reach(runs.Value + 2);
    }

    [Test]
    public async Task Stopping_waits_for_the_run_that_is_under_way()
    {
        var (started, release, finished) = (new Signal(), new TaskCompletionSource(), false);
        using var desk = Run(Once("slow", Seldom, async cancel =>
        {
            started.Count();
            await release.Task.WaitAsync(cancel);
            finished = true;
        }));
        await started.Reach(1);
        var stop = desk.Services.GetRequiredService<SharedJobs>().StopAsync(CancellationToken.None);
        Assert.That(stop.IsCompleted, Is.False);
        release.SetResult();
        await stop.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(finished, Is.True);
    }

    [Test]
    public async Task What_a_killed_server_was_at_another_takes_over()
    {
        const string Name = "forget_webhook_deliveries";
        using var killed = await Holding(Name);
        var runs = new Signal();
        using var other = Run(Once(Name, Seldom, runs));
        var start = Stopwatch.GetTimestamp();
        killed.Process.Kill();
        await runs.Reach(1);
        Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task A_server_whose_clock_is_an_hour_from_the_database_s_is_ready()
    {
        var machine = new TestMachine(TimeProvider.System.GetCurrentInstant() + Duration.FromHours(1));
        using var desk = TestDesk.Start([("Jobs:Enabled", "true"), Impatient], machine, database: Database);
        await Until(async () => (await desk.Anonymous.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK);
    }

    [TestCase("PT15S")]
    [TestCase("PT18S")]
    public void As_configured_a_takeover_never_takes_longer_than_thirty_seconds(string takeover)
    {
        using var desk = TestDesk.Start([("Jobs:Takeover", takeover)]);
        Assert.That(desk.Services.GetRequiredService<IJobEngine>().TakeoverAtMost, Is.LessThanOrEqualTo(Duration.FromSeconds(30)));
        Assert.That(JobOptions.Read(new ConfigurationBuilder().Build()).Patience, Is.EqualTo(Duration.FromSeconds(15)));
    }

    [Test]
    public async Task Every_job_of_the_table_is_planned()
    {
        using var desk = TestDesk.Start([("Jobs:Enabled", "true")], database: Database);
        var shared = RecurringJobs.All.Where(job => job.Reach == JobReach.OnceAcrossServers).ToList();
        await Until(async () =>
        {
            var next = await desk.Services.GetRequiredService<IJobEngine>().Next(default);
            return shared.All(job => next.ContainsKey(job.Name));
        });
        foreach (var job in shared)
        {
            var next = Instant.FromDateTimeOffset(DateTimeOffset.Parse((string)(await Job(desk, job.Name))["nextRunAt"]!, System.Globalization.CultureInfo.InvariantCulture));
            Assert.That(next - desk.Services.GetRequiredService<TimeProvider>().GetCurrentInstant(), Is.LessThanOrEqualTo(job.Every), job.Name);
        }
    }

    /// <summary>A desk in a process of its own that is at this job, and cannot go on: the test has its table.</summary>
    private async Task<Held> Holding(string job)
    {
        var table = await Database.DataSource.OpenConnectionAsync();
        await using (var hold = table.CreateCommand())
        {
            hold.CommandText = "begin; lock table webhook_deliveries in access exclusive mode";
            await hold.ExecuteNonQueryAsync();
        }

        var process = await DeskProcess.Start(Database.ConnectionString, ("Jobs__Enabled", "true"), ("Jobs__Takeover", "PT3S"));
        await Until(async () => await Database.Ask<bool>(
            "select exists (select from pg_locks where locktype = 'advisory' and granted and objid::bigint = hashtext('helpdesk job ' || $1)::bigint & 4294967295)", job));
        return new(process, table);
    }

    /// <summary>Each look is a round trip to the database.</summary>
    private static async Task Until(Func<Task<bool>> isSo)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await isSo()) Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(30)));
    }

    private sealed record Held(DeskProcess Process, Npgsql.NpgsqlConnection Table) : IDisposable
    {
        public void Dispose()
        {
            Table.Dispose();
            Process.Dispose();
        }
    }
}
