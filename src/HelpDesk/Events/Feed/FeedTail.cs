using System.Buffers;
using System.Text;
using System.Text.Json;
using HelpDesk.Web;

namespace HelpDesk.Events.Feed;

/// <summary>An event of the feed as it goes out on a stream, written once for all who listen.</summary>
internal sealed record FeedFrame(FeedRow Row, FeedCursor After)
{
    private byte[]? bytes;

    public byte[] Bytes => bytes ??= Write();

    private byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        buffer.Write(Encoding.UTF8.GetBytes($"id: {After}\nevent: {Row.Type}\ndata: "));
        using (var json = new Utf8JsonWriter(buffer, FeedRow.Writing)) Row.Write(json);
        buffer.Write("\n\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}

/// <summary>A place in the tail.</summary>
/// <param name="Index">Of the next frame.</param>
/// <param name="Cursor">The cursor there, between two rounds.</param>
internal sealed record TailPlace(long Index, FeedCursor Cursor);

/// <summary>
/// The newest events, read once for all who listen on this server: a listener holds neither a thread nor a connection. Whoever falls further behind than is kept
/// reads for himself until he has caught up. It looks as long as somebody listens.
/// </summary>
internal sealed partial class FeedTail(FeedReader reader, TimeProvider machine, IHostApplicationLifetime life, ILogger<FeedTail> log)
{
    private const int Kept = 5_000;
    private const int AtOnce = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Queue<FeedFrame> frames = new();
    private long first;
    private TailPlace? place;
    private TaskCompletionSource changed = New();
    private int listeners;
    private CancellationTokenSource? looking;

    public int Listeners => Volatile.Read(ref listeners);

    /// <summary>Keeps it looking until the answer is disposed of.</summary>
    public IDisposable Join()
    {
        lock (gate)
        {
            if (listeners++ == 0)
            {
                looking = CancellationTokenSource.CreateLinkedTokenSource(life.ApplicationStopping);
                var until = looking.Token;
                _ = Task.Run(() => Look(until), CancellationToken.None);
            }
        }

        return new Leaving(this);
    }

    /// <summary>Where the tail ends at the moment; null before it has looked.</summary>
    public TailPlace? End
    {
        get
        {
            lock (gate) return place;
        }
    }

    /// <summary>Ends when there is something new. Ask for it before looking.</summary>
    public Task Changed
    {
        get
        {
            lock (gate) return changed.Task;
        }
    }

    /// <summary>The frames from an index on, few at a time; null where they are no longer kept.</summary>
    public IReadOnlyList<FeedFrame>? From(long index, int most)
    {
        lock (gate)
        {
            if (index < first) return null;
            return place is null || index >= place.Index ? [] : [.. frames.Skip((int)(index - first)).Take(most)];
        }
    }

    private void Leave()
    {
        lock (gate)
        {
            if (--listeners > 0) return;
            looking!.Cancel();
            looking.Dispose();
            looking = null;
            // Whoever comes next begins at the end as it is then.
            place = null;
            Forget(0);
        }
    }

    private void Forget(int more)
    {
        first += frames.Count + more;
        frames.Clear();
    }

    private async Task Look(CancellationToken until)
    {
        FeedCursor? cursor = null;
        while (!until.IsCancellationRequested)
        {
            try
            {
                cursor ??= await reader.Now(until);
                var (rows, left) = (new List<FeedFrame>(), 0);
                FeedPart part;
                do
                {
                    part = await reader.Read(cursor, FeedWish.All, AtOnce, until);
                    var before = cursor;
                    rows.AddRange(part.Rows.Select(row => new FeedFrame(row, part.CursorAfter(row, before))));
                    cursor = part.Next;
                    var tooMany = Math.Max(rows.Count - Kept, 0);
                    rows.RemoveRange(0, tooMany);
                    left += tooMany;
                }
                while (part.HasMore);
                Append(rows, left, part.Next, until);
                await Task.Delay(Pause, machine, until);
            }
            catch (OperationCanceledException) when (until.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Of a database that was restored meanwhile nothing is known: all who listen are told so when they look for themselves.
                if (error is Refusal) cursor = Restart();
                LogError(log, error);
                await Task.Delay(PauseAfterError, machine, until).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <param name="left">Frames before them that were too many to keep.</param>
    private void Append(List<FeedFrame> rows, int left, FeedCursor end, CancellationToken until)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            if (until.IsCancellationRequested) return;
            if (left > 0) Forget(left);
            foreach (var row in rows) frames.Enqueue(row);
            while (frames.Count > Kept)
            {
                frames.Dequeue();
                first++;
            }

            var isFirst = place is null;
            place = new(first + frames.Count, end);
            if (rows.Count == 0 && !isFirst) return;
            (before, changed) = (changed, New());
        }

        before.SetResult();
    }

    private FeedCursor? Restart()
    {
        lock (gate)
        {
            place = null;
            Forget(1);
        }

        return null;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(1601, LogLevel.Warning, "Whoever listens to the stream of events has to wait: the log of events could not be read")]
    private static partial void LogError(ILogger log, Exception error);

    private sealed class Leaving(FeedTail tail) : IDisposable
    {
        private FeedTail? tail = tail;

        public void Dispose() => Interlocked.Exchange(ref tail, null)?.Leave();
    }
}
