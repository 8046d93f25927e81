using System.Diagnostics.Metrics;
using HelpDesk.Time;
using HelpDesk.Web.Metrics;
using Npgsql;

namespace HelpDesk.Webhooks;

/// <summary>The figures of the meter <c>HelpDesk.Webhooks</c>. Attempts are of this process; what waits is read from the database when somebody looks, at most every fifteen seconds.</summary>
internal sealed class WebhookMeter
{
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private readonly NpgsqlDataSource database;
    private readonly TimeProvider machine;
    private readonly Counter<long> attempts;
    private readonly Histogram<double> duration;
    private readonly DeskReading<(long Pending, long Paused, double Oldest)> reading;

    public WebhookMeter(IMeterFactory meters, NpgsqlDataSource database, TimeProvider machine, DeskReadings readings)
    {
        (this.database, this.machine) = (database, machine);
        reading = readings.Of("webhooks", Duration.FromSeconds(15), Read);
        var meter = meters.Create("HelpDesk.Webhooks");
        attempts = meter.CreateCounter<long>("helpdesk.webhooks.attempts", null, "Attempts to post an event to a webhook, by what they came to.");
        duration = meter.CreateHistogram("helpdesk.webhooks.attempt.duration", "s", "What an attempt took.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
        meter.CreateObservableGauge("helpdesk.webhooks.pending", () => reading.Told.Select(read => new Measurement<long>(read.Pending)), null, "Events that wait to be posted to a webhook.");
        meter.CreateObservableGauge("helpdesk.webhooks.oldest.pending", () => reading.Told.Select(read => new Measurement<double>(read.Oldest)), "s", "For how long the event that has waited longest has waited, of webhooks that are not paused.");
        meter.CreateObservableGauge("helpdesk.webhooks.paused", () => reading.Told.Select(read => new Measurement<long>(read.Paused)), null, "Webhooks that the desk has paused by itself.");
    }

    public void Posted(PostOutcome outcome)
    {
        var what = new KeyValuePair<string, object?>("outcome", outcome.State switch
        {
            WebhookDeliveryState.Delivered => "delivered",
            WebhookDeliveryState.Failed => "given_up",
            _ => "failed",
        });
        attempts.Add(1, what);
        duration.Record(outcome.Took.TotalSeconds, what);
    }

    public Task Refresh(CancellationToken cancel) => reading.Refresh(cancel);

    private async Task<(long, long, double)> Read(CancellationToken cancel)
    {
        var now = machine.GetCurrentInstant();
        await using var command = database.CreateCommand(
            """
            select coalesce(sum(d.pending), 0)::bigint, count(*) filter (where w.paused_why in ('gone', 'failing')), min(d.oldest) filter (where w.paused_at is null)
            from webhooks w cross join lateral (select count(*) as pending, min(created_at) as oldest from webhook_deliveries where webhook_id = w.id and state = 'pending') d
            """);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? 0 : Math.Max(0, (now - row.GetDateTime(2).ToInstant()).TotalSeconds));
    }
}
