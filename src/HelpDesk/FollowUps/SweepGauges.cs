using HelpDesk.Commitments;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.FollowUps;

/// <summary>How much waits for the sweep, and for how long: read from the database when somebody looks, at most every five seconds. The same on every server.</summary>
internal sealed class SweepGauges
{
    private static readonly Duration Fresh = Duration.FromSeconds(5);
    private readonly NpgsqlDataSource database;
    private readonly DeskClock clock;
    private (long Backlog, double Oldest) read;
    private Instant? readAt;

    public SweepGauges(NpgsqlDataSource database, DeskClock clock, PromiseMeter meter)
    {
        (this.database, this.clock) = (database, clock);
        meter.Meter.CreateObservableGauge("helpdesk.sweep.backlog", () => read.Backlog, null, "Commitments with something due by now: a follow-up, a lapse, or a step of the ladder.");
        meter.Meter.CreateObservableGauge("helpdesk.sweep.oldest.due", () => read.Oldest, "s", "For how long the commitment that has waited longest for the sweep has been due; 0 where none has.");
    }

    public async Task Refresh(CancellationToken cancel)
    {
        if (readAt is { } at && clock.MachineNow - at < Fresh && clock.MachineNow >= at) return;
        readAt = clock.MachineNow;
        var now = await clock.Now(cancel);
        await using var command = database.CreateCommand("select count(*), min(wake_at) from commitments where wake_at <= $1");
        command.Parameters.AddWithValue(now.ToUtc());
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        read = (row.GetInt64(0), row.IsDBNull(1) ? 0 : (now - row.GetDateTime(1).ToInstant()).TotalSeconds);
    }
}
