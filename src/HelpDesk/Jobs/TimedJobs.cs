using HelpDesk.Database;
using HelpDesk.Time;

namespace HelpDesk.Jobs;

/// <summary>
/// Runs this server's own jobs, each in its own loop. Stopping is graceful: no loop starts another batch, and a batch that runs is waited for until
/// the host's patience ends. A job that has nothing to wait for but news rests while nothing is committed: a desk at which nothing happens hardly asks its database.
/// </summary>
internal sealed class TimedJobs(IEnumerable<RecurringJob> jobs, JobRunner runner, CommitMark mark, IServiceProvider services, TimeProvider machine) : IHostedService, IDisposable
{
    /// <summary>It looks then, whatever it believes.</summary>
    private static readonly Duration LongestRest = Duration.FromSeconds(10);

    /// <summary>What fails again and again is tried no seldomer than this, or than it comes anyway.</summary>
    private static readonly Duration LongestAfterFaults = Duration.FromSeconds(30);

    private static readonly Duration Deafness = Duration.FromSeconds(1);

    private readonly IReadOnlyDictionary<string, Turns> turns = jobs.Where(job => job.Reach == JobReach.EachServer).ToDictionary(job => job.Name, job => new Turns(job, services));
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private Task? stop;
    private readonly CancellationTokenSource patienceOver = new();
    private Task loops = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        loops = Task.WhenAll(turns.Values.Select(each => Task.Run(() => Loop(each), CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>Soon, in the job's own loop: it never runs twice at once here.</summary>
    public void RunNow(string job) => turns[job].Ask();

    private async Task Loop(Turns each)
    {
        var job = each.Job;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var before = job.MayRest is null ? null : await Mark(stopping.Token);
                var outcome = await runner.Run(job, patienceOver.Token, isOnTimer: true, isAsked: each.WasAsked());
                if (outcome.Done > 0) continue;
                var atLeast = each.AfterRun(outcome);
                var pause = await runner.Pause(job, outcome, atLeast, stopping.Token);
                if (atLeast > Duration.Zero) pause = await Stay(pause);
                await Rest(each, outcome.Run is { Error: null } ? before : null, pause);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        if (job.Finish is { } finish) await finish(services).WaitAsync(patienceOver.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>After a failure not even a bell is heard for a while: what rings may be what fails.</summary>
    private async Task<JobPause> Stay(JobPause pause)
    {
        var deaf = Duration.Min(Deafness, pause.Length);
        await Task.Delay(deaf.ToTimeSpan(), machine, stopping.Token);
        return pause with { Length = pause.Length - deaf };
    }

    /// <param name="before">The mark before the last look; null: it does not rest.</param>
    private async Task Rest(Turns each, string? before, JobPause pause)
    {
        // By what no clock that is set back can stretch.
        var (start, length) = (machine.GetTimestamp(), pause.Length);
        while (!await each.Bell.Wait(length, machine, stopping.Token))
        {
            var left = LongestRest - Duration.FromTimeSpan(machine.GetElapsedTime(start));
            if (pause.Next is { } next) left = Duration.Min(left, next - machine.GetCurrentInstant());
            if (!pause.MayRest || before is null || left <= Duration.Zero || await Mark(stopping.Token) != before) return;
            length = Duration.Min(UntilBeat(each.Job.Every), left);
            runner.NoteNext(each.Job, length);
        }
    }

    /// <summary>All that rest look at the same instants: one reading of the mark serves them.</summary>
    private Duration UntilBeat(Duration every) => every - Duration.FromTicks(machine.GetCurrentInstant().ToUnixTimeTicks() % every.BclCompatibleTicks);

    /// <summary>Null: it could not be read.</summary>
    private async Task<string?> Mark(CancellationToken cancel)
    {
        try
        {
            return await mark.Read(cancel);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            // The job itself says what is amiss.
            return null;
        }
    }

    /// <summary>A host may ask twice, and at once.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (gate) return stop ??= Stop(cancellationToken);
    }

    private async Task Stop(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await using var patience = cancellationToken.Register(patienceOver.Cancel);
        await loops;
    }

    public void Dispose()
    {
        stopping.Dispose();
        patienceOver.Dispose();
    }

    private sealed class Turns(RecurringJob job, IServiceProvider services)
    {
        private int asked;
        private Duration afterFault;

        public RecurringJob Job => job;

        public Bell Bell { get; } = job.Bell?.Invoke(services) ?? new Bell();

        /// <summary>How long it stays away after a run that failed: its turn at least, twice as long after each fault in a row. A database that is away is looked for at each turn.</summary>
        public Duration AfterRun(JobOutcome outcome)
        {
            var before = afterFault;
            afterFault = !outcome.IsFault ? Duration.Zero : Duration.Max(job.Every, Duration.Min(before * 2, LongestAfterFaults));
            return outcome.Run is { Error: not null } ? Duration.Max(job.Every, afterFault) : Duration.Zero;
        }

        public void Ask()
        {
            Volatile.Write(ref asked, 1);
            Bell.Ring();
        }

        public bool WasAsked() => Interlocked.Exchange(ref asked, 0) == 1;
    }
}
