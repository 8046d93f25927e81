using HelpDesk.Time;

namespace HelpDesk.Jobs;

/// <summary>
/// Runs this server's own jobs, each in its own loop. Stopping is graceful: no loop starts another batch, and a batch that runs is waited for until
/// the host's patience ends.
/// </summary>
internal sealed class TimedJobs(IEnumerable<RecurringJob> jobs, JobRunner runner, IServiceProvider services, TimeProvider machine) : IHostedService, IDisposable
{
    private readonly IReadOnlyDictionary<string, Turns> turns = jobs.Where(job => job.Reach == JobReach.EachServer).ToDictionary(job => job.Name, job => new Turns(job, services));
    private readonly CancellationTokenSource stopping = new();
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
            if ((await runner.Run(job, patienceOver.Token, isOnTimer: true, isAsked: each.WasAsked())).Done > 0) continue;
            try
            {
                await each.Bell.Wait(await runner.Pause(job, stopping.Token), machine, stopping.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        if (job.Finish is { } finish) await finish(services).WaitAsync(patienceOver.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A host may ask twice.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => stop ??= Stop(cancellationToken);

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

        public RecurringJob Job => job;

        public Bell Bell { get; } = job.Bell?.Invoke(services) ?? new Bell();

        public void Ask()
        {
            Volatile.Write(ref asked, 1);
            Bell.Ring();
        }

        public bool WasAsked() => Interlocked.Exchange(ref asked, 0) == 1;
    }
}
