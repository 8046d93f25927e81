using System.Diagnostics.Metrics;
using HelpDesk.Commitments;
using HelpDesk.Time;
using HelpDesk.Web.Metrics;
using Npgsql;

namespace HelpDesk.FollowUps;

/// <summary>How much waits for the sweep, and for how long: read from the database when somebody looks, at most every five seconds. The same on every server.</summary>
internal sealed class SweepGauges
{
    private readonly DeskReading<(long Backlog, double Oldest)> reading;

    public SweepGauges(NpgsqlDataSource database, DeskClock clock, PromiseMeter meter, DeskReadings readings)
    {
        reading = readings.Of("sweep", Duration.FromSeconds(5), cancel => Read(database, clock, cancel));
        meter.Meter.CreateObservableGauge(
            "helpdesk.sweep.backlog", () => reading.Told.Select(read => new Measurement<long>(read.Backlog)), null,
            "Commitments with something due by now: a follow-up, a lapse, or a step of the ladder.");
        meter.Meter.CreateObservableGauge(
            "helpdesk.sweep.oldest.due", () => reading.Told.Select(read => new Measurement<double>(read.Oldest)), "s",
            "For how long the commitment that has waited longest for the sweep has been due; 0 where none has.");
    }

    public Task Refresh(CancellationToken cancel) => reading.Refresh(cancel);

    private static async Task<(long, double)> Read(NpgsqlDataSource database, DeskClock clock, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var command = database.CreateCommand("select count(*), min(wake_at) from commitments where wake_at <= $1");
        command.Parameters.AddWithValue(now.ToUtc());
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.GetInt64(0), row.IsDBNull(1) ? 0 : (now - row.GetDateTime(1).ToInstant()).TotalSeconds);
    }
}
