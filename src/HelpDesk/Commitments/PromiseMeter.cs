using System.Diagnostics.Metrics;
using HelpDesk.Database;

namespace HelpDesk.Commitments;

/// <summary>The figures of the meter <c>HelpDesk.Promises</c>, of this process. Counted once they are committed.</summary>
internal sealed class PromiseMeter
{
    private readonly Counter<long> changes;
    private readonly Counter<long> swept;
    private readonly Histogram<double> sweeps;

    public PromiseMeter(IMeterFactory meters)
    {
        var meter = meters.Create("HelpDesk.Promises");
        changes = meter.CreateCounter<long>("helpdesk.promises", null, "What happened to commitments and promises: promise_made, promise_kept, promise_renewed, promise_broken, follow_up_sent …");
        swept = meter.CreateCounter<long>("helpdesk.sweep.tickets", null, "Tickets that were followed up or recovered.");
        sweeps = meter.CreateHistogram(
            "helpdesk.sweep.duration", "s", "What it took to follow up and recover one batch of tickets.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
    }

    public void Happened(IEnumerable<Ledger> ledgers)
    {
        if (!changes.Enabled) return;
        foreach (var kind in ledgers.SelectMany(ledger => ledger.News).GroupBy(change => change.What)) changes.Add(kind.Count(), new KeyValuePair<string, object?>("what", kind.Key.Word()));
    }

    public void Swept(int tickets, Duration took)
    {
        swept.Add(tickets);
        sweeps.Record(took.TotalSeconds);
    }
}
