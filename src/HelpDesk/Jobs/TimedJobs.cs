using HelpDesk.Time;

namespace HelpDesk.Jobs;

/// <summary>
/// Runs this server's own jobs, each in its own loop. Stopping is graceful: no loop starts another batch, and a batch that runs is waited for until
/// the host's patience ends.
/// </summary>
internal sealed class TimedJobs(IEnumerable<RecurringJob> jobs, JobRunner runner, IServiceProvider services, TimeProvider machine) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private Task? stop;
    private readonly CancellationTokenSource patienceOver = new();
    private Task loops = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        loops = Task.WhenAll(jobs.Where(job => job.Reach == JobReach.EachServer).Select(job => Task.Run(() => Loop(job), CancellationToken.None)));
        return Task.CompletedTask;
    }

    private async Task Loop(RecurringJob job)
    {
        var bell = job.Bell?.Invoke(services) ?? new Bell();
        while (!stopping.IsCancellationRequested)
        {
            if (await runner.Run(job, patienceOver.Token, isOnTimer: true) > 0) continue;
            try
            {
                await bell.Wait(await runner.Pause(job, stopping.Token), machine, stopping.Token);
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
}
