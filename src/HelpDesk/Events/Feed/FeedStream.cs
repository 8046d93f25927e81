using System.Text;

namespace HelpDesk.Events.Feed;

/// <summary>
/// One listener. What it has missed it reads for itself, up to a place in the tail that all share; from there on it hears with the others. What is not yet written to
/// it waits in the tail, not in memory of its own.
/// </summary>
internal sealed class FeedStream(
    FeedCursor start, FeedWish wish, FeedReader reader, FeedTail tail, Func<CancellationToken, Task<bool>> isGood, TimeProvider machine, IHostApplicationLifetime life,
    FeedPart? first = null) : IResult
{
    public const int AtOnce = 200;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>So long a key that was good is taken to be: a desk where much happens asks no more often.</summary>
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(1);

    private readonly HashSet<string>? types = wish.Types?.ToHashSet(StringComparer.Ordinal);
    private FeedCursor cursor = start;
    private long index;
    private long heardAt;
    private long goodAt;
    private string? told;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, life.ApplicationStopping);
        var answer = httpContext.Response;
        answer.ContentType = "text/event-stream";
        answer.Headers.CacheControl = "no-store";
        answer.Headers["X-Accel-Buffering"] = "no";
        using var joined = tail.Join();
        try
        {
            heardAt = goodAt = machine.GetTimestamp();
            await answer.WriteAsync("retry: 2000\n\n", ending.Token);
            if (first is not null) await Send(answer, first, ending.Token);
            await answer.Body.FlushAsync(ending.Token);
            if (await CatchUp(answer, ending.Token)) await Hear(answer, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The listener is gone, or the server stops: the answer ends here.
        }
    }

    /// <summary>Up to a place in the tail that is not before what the listener has seen already. False: the key is good no longer.</summary>
    private async Task<bool> CatchUp(HttpResponse answer, CancellationToken cancel)
    {
        while (true)
        {
            var changed = tail.Changed;
            if (tail.End is { } end && (cursor.Round ?? cursor.Seen).IsWithin(end.Cursor.Seen))
            {
                while (cursor.Round is not null || !cursor.Seen.Equals(end.Cursor.Seen))
                {
                    if (!await IsGoodStill(cancel)) return false;
                    await Send(answer, await reader.Read(cursor, wish, AtOnce, cancel, end.Cursor), cancel);
                }

                await answer.Body.FlushAsync(cancel);
                index = end.Index;
                return true;
            }

            await Wait(changed, Pause, cancel);
        }
    }

    private async Task Hear(HttpResponse answer, CancellationToken cancel)
    {
        while (true)
        {
            var changed = tail.Changed;
            if (tail.From(index, AtOnce) is not { } frames)
            {
                if (!await CatchUp(answer, cancel)) return;
                continue;
            }

            if (frames.Count > 0 && !await IsGoodStill(cancel)) return;
            foreach (var frame in frames.Where(frame => IsWished(frame.Row))) await answer.Body.WriteAsync(frame.Bytes, cancel);
            if (frames.Count > 0)
            {
                index += frames.Count;
                cursor = frames[^1].After;
                if (frames.Any(frame => IsWished(frame.Row)))
                {
                    await answer.Body.FlushAsync(cancel);
                    Heard();
                }
            }
            else if (!await Wait(changed, Heartbeat - machine.GetElapsedTime(heardAt), cancel) && !await Beat(answer, cancel))
            {
                return;
            }
        }
    }

    private bool IsWished(FeedRow row) => types?.Contains(row.Type) != false && (wish.Queues is null || (row.Queue is { } queue && wish.Queues.Contains(queue)));

    private async Task Send(HttpResponse answer, FeedPart part, CancellationToken cancel)
    {
        foreach (var row in part.Rows) await answer.Body.WriteAsync(new FeedFrame(row, part.CursorAfter(row, cursor)).Bytes, cancel);
        cursor = part.Next;
        if (part.Rows.Count == 0) return;
        await answer.Body.FlushAsync(cancel);
        Heard();
    }

    private void Heard() => heardAt = machine.GetTimestamp();

    private async ValueTask<bool> IsGoodStill(CancellationToken cancel) => machine.GetElapsedTime(goodAt) < Trust || await IsGoodNow(cancel);

    private async Task<bool> IsGoodNow(CancellationToken cancel)
    {
        goodAt = machine.GetTimestamp();
        return await isGood(cancel);
    }

    /// <summary>A sign of life, with where to go on where only what the listener does not want has happened. False: the key is good no longer.</summary>
    private async Task<bool> Beat(HttpResponse answer, CancellationToken cancel)
    {
        if (!await IsGoodNow(cancel)) return false;
        var here = cursor.ToString();
        await answer.WriteAsync(here == told ? ": still here\n\n" : $"id: {here}\n: still here\n\n", Encoding.UTF8, cancel);
        told = here;
        await answer.Body.FlushAsync(cancel);
        Heard();
        return true;
    }

    /// <summary>Whether it has changed before the time was over.</summary>
    private async Task<bool> Wait(Task changed, TimeSpan atMost, CancellationToken cancel)
    {
        if (atMost <= TimeSpan.Zero) return changed.IsCompleted;
        await changed.WaitAsync(atMost, machine, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
        return changed.IsCompleted;
    }
}
