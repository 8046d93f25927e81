namespace HelpDesk.Web.Metrics;

internal abstract class DeskReading(string what)
{
    /// <summary>Nobody who looks waits longer than this. The look goes on, for whoever looks next.</summary>
    protected static readonly Duration Patience = Duration.FromSeconds(1);

    /// <summary>A look that takes longer than this is given up.</summary>
    protected static readonly Duration Longest = Duration.FromSeconds(10);

    /// <summary>What is older than this is not told any more: two looks of Prometheus may fail, and then it is better to know nothing than what was.</summary>
    protected static readonly Duration Stale = Duration.FromSeconds(45);

    public string What => what;

    public abstract bool IsKnown { get; }
}

/// <summary>What one look into the database found, kept for a while. A look that fails costs nobody an answer.</summary>
internal sealed partial class DeskReading<T>(string what, Duration fresh, Func<CancellationToken, Task<T>> read, TimeProvider machine, ILogger log) : DeskReading(what)
{
    private readonly Lock gate = new();
    private Task look = Task.CompletedTask;
    private (T Found, long At)? last;

    /// <summary>What there is to tell: what was found last, or nothing.</summary>
    public IReadOnlyList<T> Told
    {
        get
        {
            lock (gate) return IsWithin(Stale) ? [last!.Value.Found] : [];
        }
    }

    public override bool IsKnown => Told.Count > 0;

    /// <summary>Looks, where it is time to and nobody does already.</summary>
    public async Task Refresh(CancellationToken cancel)
    {
        Task begun;
        lock (gate)
        {
            if (IsWithin(fresh)) return;
            if (look.IsCompleted) look = Task.Run(Look, CancellationToken.None);
            begun = look;
        }

        try
        {
            await begun.WaitAsync(Patience.ToTimeSpan(), machine, cancel);
        }
        catch (TimeoutException)
        {
            // What was found before is told as long as it is not stale.
        }
    }

    private bool IsWithin(Duration age) => last is { } known && machine.GetElapsedTime(known.At) < age.ToTimeSpan();

    private async Task Look()
    {
        using var enough = new CancellationTokenSource(Longest.ToTimeSpan(), machine);
        try
        {
            var found = await read(enough.Token);
            lock (gate) last = (found, machine.GetTimestamp());
        }
        catch (Exception error)
        {
            // Whatever else asks the database says so too; helpdesk_figures_unread says it to whoever watches.
            LogUnread(log, What, error.GetBaseException().Message);
        }
    }

    [LoggerMessage(1004, LogLevel.Debug, "Figures of {What} could not be read from the database: {Reason}")]
    private static partial void LogUnread(ILogger log, string what, string reason);
}
