using System.Diagnostics.Metrics;
using HelpDesk.Database;
using HelpDesk.Deadlines;

namespace HelpDesk.Commitments;

/// <summary>The figures of the meter <c>HelpDesk.Promises</c>, of this process. Counted once they are committed.</summary>
internal sealed class PromiseMeter
{
    private readonly Counter<long> changes;
    private readonly Counter<long> silent;
    private readonly Counter<long> swept;
    private readonly Histogram<double> lateness;
    private readonly Histogram<double> sweeps;

    public PromiseMeter(IMeterFactory meters)
    {
        var meter = meters.Create("HelpDesk.Promises");
        Meter = meter;
        changes = meter.CreateCounter<long>("helpdesk.promises", null, "What happened to commitments and promises: promise_made, promise_kept, promise_renewed, promise_broken, follow_up_sent …");
        silent = meter.CreateCounter<long>("helpdesk.promises.silent", null, "Promises that were broken and of which the customer had not been told before.");
        lateness = meter.CreateHistogram(
            "helpdesk.follow_up.lateness", "s", "How long after its instant a follow-up was written into the outbox.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800] });
        swept = meter.CreateCounter<long>("helpdesk.sweep.tickets", null, "Tickets that were followed up or recovered.");
        sweeps = meter.CreateHistogram(
            "helpdesk.sweep.duration", "s", "What it took to follow up and recover one batch of tickets.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
    }

    public Meter Meter { get; }

    public void Happened(IEnumerable<Ledger> ledgers)
    {
        if (!changes.Enabled) return;
        var news = ledgers.SelectMany(ledger => ledger.News.Select(change => (ledger, change))).ToList();
        foreach (var kind in news.GroupBy(each => each.change.What)) changes.Add(kind.Count(), new KeyValuePair<string, object?>("what", kind.Key.Word()));
        foreach (var (ledger, change) in news)
        {
            if (change.What is not (ChangeKind.PromiseBroken or ChangeKind.FollowUpSent) || PromiseOf(ledger, change) is not var (commitment, promise)) continue;
            if (change.What == ChangeKind.FollowUpSent) lateness.Record(Math.Max(0, (change.At - promise.FollowUpAt).TotalSeconds));
            else if (IsSilent(ledger, commitment, promise)) silent.Add(1);
        }

        // A counter that begins with its first breach would not be seen to grow by it.
        silent.Add(0);
    }

    /// <summary>A promise that moved to another ticket with its commitment is told of there.</summary>
    private static (Commitment, Promise)? PromiseOf(Ledger ledger, ClockChange change) =>
        ledger.Clock.Commitments.FirstOrDefault(each => each.Kind == change.Kind && each.Cycle == change.Cycle) is { } commitment
        && commitment.Promises.FirstOrDefault(each => each.Number == change.Promise) is { } promise ? (commitment, promise) : null;

    /// <summary>No follow-up left before it lapsed: none was due or made, it was taken back, or there was nobody to reach.</summary>
    private static bool IsSilent(Ledger ledger, Commitment commitment, Promise promise) =>
        promise.FollowedUpAt is null || ledger.ToldVia(commitment, promise) is null
        || ledger.News.Any(change => change.What is ChangeKind.FollowUpWithdrawn && change.Kind == commitment.Kind && change.Cycle == commitment.Cycle);

    public void Swept(int tickets, Duration took)
    {
        swept.Add(tickets);
        sweeps.Record(took.TotalSeconds);
    }
}
