using System.Diagnostics.Metrics;
using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web.Metrics;
using Npgsql;

namespace HelpDesk.Delivery;

/// <summary>How much waits in the outbox, for how long, and which hosts are away: read from the database when somebody looks, at most every five seconds.</summary>
internal sealed class DeliveryGauges
{
    private readonly NpgsqlDataSource database;
    private readonly DeskReading<IReadOnlyList<Depth>> depths;

    public DeliveryGauges(NpgsqlDataSource database, DeskClock clock, DeliveryMeter meter, IEnumerable<DeliveryLine> lines, DeskReadings readings)
    {
        this.database = database;
        depths = readings.Of("delivery", Duration.FromSeconds(5), async cancel => await Read(await clock.Now(cancel), cancel));
        meter.Meter.CreateObservableGauge("helpdesk.delivery.queue", () => Told.Select(depth => new Measurement<long>(depth.Count, Tags(depth))), null, "Messages that wait to be handed over.");
        meter.Meter.CreateObservableGauge(
            "helpdesk.delivery.oldest.due", () => Told.Where(depth => depth.Oldest is not null).Select(depth => new Measurement<double>(depth.Oldest!.Value.TotalSeconds, Tags(depth))),
            "s", "For how long the message that has waited longest has been due.");
        meter.Meter.CreateObservableGauge(
            "helpdesk.delivery.circuit.open", () => lines.SelectMany(line => line.Known, (line, host) => new Measurement<long>(
                host.Value.IsOpen ? 1 : 0, new KeyValuePair<string, object?>("channel", line.Channel.Word()), new KeyValuePair<string, object?>("server", host.Key))),
            null, "1 where a server cannot be reached and only probes are made, 0 where it answers.");
    }

    private static KeyValuePair<string, object?>[] Tags(Depth depth) => [new("channel", depth.Channel), new("state", depth.State)];

    private IEnumerable<Depth> Told => depths.Told.SelectMany(each => each);

    public Task Refresh(CancellationToken cancel) => depths.Refresh(cancel);

    private async Task<IReadOnlyList<Depth>> Read(Instant now, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            select channel, state, count(*), min(coalesce(due_at, next_attempt_at)) filter (where coalesce(due_at, next_attempt_at) <= $1)
            from deliveries where state in ('queued', 'failed') and (expires_at is null or expires_at >= $1) group by channel, state
            """);
        command.Parameters.AddWithValue(now.ToUtc());
        var read = new List<Depth>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) read.Add(new(rows.GetString(0), rows.GetString(1), rows.GetInt64(2), rows.IsDBNull(3) ? null : now - rows.GetDateTime(3).ToInstant()));
        return read;
    }

    private sealed record Depth(string Channel, string State, long Count, Duration? Oldest);
}
