using System.Collections.Concurrent;

namespace HelpDesk.Tests.Jobs;

/// <summary>Counts, and lets a test wait for a count.</summary>
internal sealed class Signal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private readonly ConcurrentBag<(int Count, TaskCompletionSource Reached)> waiting = [];
    private int value;

    public int Value => Volatile.Read(ref value);

    public void Count()
    {
        var now = Interlocked.Increment(ref value);
        foreach (var wait in waiting.Where(wait => wait.Count <= now)) wait.Reached.TrySetResult();
    }

    public async Task Reach(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add((count, reached));
        if (Value >= count) return;
        await reached.Task.WaitAsync(Patience);
    }
}
