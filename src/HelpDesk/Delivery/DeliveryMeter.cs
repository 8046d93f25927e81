using System.Diagnostics.Metrics;
using HelpDesk.Database;

namespace HelpDesk.Delivery;

/// <summary>The figures of the meter <c>HelpDesk.Delivery</c>, of this process. Counted once an outcome is on disk.</summary>
internal sealed class DeliveryMeter
{
    public const string Name = "HelpDesk.Delivery";

    private static readonly double[] Seconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];
    private readonly Counter<long> attempts;
    private readonly Counter<long> dead;
    private readonly Counter<long> throttled;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> lateness;

    public DeliveryMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        Meter = meter;
        var buckets = new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds };
        attempts = meter.CreateCounter<long>("helpdesk.delivery.attempts", null, "Attempts to hand a message over, by channel, kind and what they came to.");
        dead = meter.CreateCounter<long>("helpdesk.delivery.dead", null, "Messages that were given up.");
        throttled = meter.CreateCounter<long>("helpdesk.delivery.throttled", null, "Times that a message was held back because its domain had its share of the minute.");
        duration = meter.CreateHistogram("helpdesk.delivery.attempt.duration", "s", "What an attempt took.", advice: buckets);
        lateness = meter.CreateHistogram("helpdesk.delivery.lateness", "s", "How long after it became due a message was handed over.", advice: buckets);
    }

    public Meter Meter { get; }

    public void Throttled(DeliveryChannel channel) => throttled.Add(1, new KeyValuePair<string, object?>("channel", channel.Word()));

    public void Ended(DeliveryChannel channel, ClaimedMail claimed, Outcome outcome)
    {
        var by = new KeyValuePair<string, object?>("channel", channel.Word());
        var kind = new KeyValuePair<string, object?>("kind", claimed.Mail.Kind.Word());
        attempts.Add(1, by, kind, new("outcome", outcome.What.Word()));
        // Told from the first attempt on: a counter that begins with the first message given up would not be seen to grow by it.
        dead.Add(outcome.What == AttemptOutcome.Dead ? 1 : 0, by);
        duration.Record(outcome.Took.TotalSeconds, by, new("outcome", outcome.What.Word()));
        if (outcome.What == AttemptOutcome.Sent) lateness.Record(Math.Max(0, (outcome.EndedAt - claimed.DueAt).TotalSeconds), by, kind);
    }
}
