using Npgsql;

namespace HelpDesk.Faults;

/// <summary>Waits until the desks have nothing left to do. What is put off until later is brought nearer by moving the clocks on.</summary>
internal sealed class Settling(NpgsqlDataSource database, Timeline timeline)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Push = TimeSpan.FromSeconds(30);

    /// <summary>Held by a sender or due; and what waits for a later attempt.</summary>
    private const string Left =
        """
        select count(*) filter (where lease_id is not null or next_attempt_at <= $1), count(*)
        from deliveries where state in ('queued', 'failed') or (state = 'dead' and expires_at is not null and kind in ('follow_up', 'recovery'))
        """;

    /// <summary>Where it takes too long, the audit finds what is left.</summary>
    public async Task Wait(CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            var (due, waiting) = await Count(cancel);
            if (waiting == 0 && await Owed(cancel) == 0) return;
            if (due == 0 && waiting > 0) timeline.Move(Push);
            await Task.Delay(Look, TimeProvider.System, cancel);
        }
    }

    private async Task<(long Due, long Waiting)> Count(CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Left);
        command.Parameters.AddWithValue(timeline.DeskNow.ToDateTimeUtc());
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.GetInt64(0), row.GetInt64(1));
    }

    private async Task<long> Owed(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select count(*) from commitments where wake_at <= $1");
        command.Parameters.AddWithValue(timeline.DeskNow.ToDateTimeUtc());
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }
}
