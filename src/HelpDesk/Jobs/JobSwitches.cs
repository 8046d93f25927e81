namespace HelpDesk.Jobs;

/// <summary>Which jobs are paused, and which are asked for, as the database had it at most two seconds ago.</summary>
internal sealed class JobSwitches(JobRows rows, TimeProvider machine) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim one = new(1);
    private Known? known;

    /// <summary>Before the first look at the database nobody knows, and it is waited for.</summary>
    public async ValueTask<bool> IsPaused(string job, CancellationToken cancel) =>
        (known is { } last && machine.GetElapsedTime(last.At) < Fresh ? last.Rows : await Look(Fresh, cancel)).GetValueOrDefault(job)?.PausedAt is not null;

    /// <summary>As it is now.</summary>
    public Task<IReadOnlyDictionary<string, JobRow>> Look(CancellationToken cancel) => Look(TimeSpan.Zero, cancel);

    /// <summary>This server has just changed something.</summary>
    public void Forget() => known = null;

    private async Task<IReadOnlyDictionary<string, JobRow>> Look(TimeSpan atMost, CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            // Who had to wait finds what the one before it has read.
            if (known is { } last && machine.GetElapsedTime(last.At) < atMost) return last.Rows;
            var start = machine.GetTimestamp();
            var found = await rows.Read(cancel);
            known = new(start, found);
            return found;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private sealed record Known(long At, IReadOnlyDictionary<string, JobRow> Rows);
}
