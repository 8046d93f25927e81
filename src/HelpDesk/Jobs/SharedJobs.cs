namespace HelpDesk.Jobs;

/// <summary>
/// Starts and stops the engine. It starts beside the host, not before it: a database that is away delays these jobs, never the desk.
/// </summary>
internal sealed partial class SharedJobs(IEnumerable<RecurringJob> jobs, IJobEngine engine, TimeProvider machine, ILogger<SharedJobs> log) : IHostedService, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private Task? stop;
    private Task start = Task.CompletedTask;

    public bool AreRunning { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        start = Task.Run(() => Start(stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task Start(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                // Not to be cancelled half-way: the engine would go on by itself with what it has begun.
                await engine.Start([.. jobs.Where(job => job.Reach == JobReach.OnceAcrossServers)]);
                AreRunning = true;
                return;
            }
            catch (Exception error)
            {
                LogNotStarted(error.GetBaseException().Message);
                await Task.Delay(Pause, machine, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public async Task<string?> Trouble(CancellationToken cancel) => AreRunning ? await engine.Trouble(cancel) : $"the engine for jobs ({engine.Name}) has not started";

    /// <summary>A host may ask twice.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (gate) return stop ??= Stop(cancellationToken);
    }

    /// <summary>Batches that run are waited for until the host's patience ends. The engine's own wait has been seen to outlast it; the host must not.</summary>
    private async Task Stop(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        try
        {
            await start.WaitAsync(cancellationToken);
            if (!AreRunning) return;
            await Task.Run(() => engine.Stop(cancellationToken), CancellationToken.None).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogNotStopped();
        }
    }

    public void Dispose() => stopping.Dispose();

    [LoggerMessage(1401, LogLevel.Warning, "The engine for jobs that run once across servers could not start ({Reason}); trying again")]
    private partial void LogNotStarted(string reason);

    [LoggerMessage(1402, LogLevel.Warning, "The engine for jobs that run once across servers did not stop in time; another server takes over what it left")]
    private partial void LogNotStopped();
}
