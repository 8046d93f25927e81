using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Webhooks;

/// <summary>What was taken or given up is forgotten after <c>Webhooks:KeepDeliveries</c>, with what was answered. What waits stays.</summary>
internal sealed class ForgetDeliveries(NpgsqlDataSource database, WebhookSettings settings)
{
    private const int Batch = 5_000;

    public async Task<int> RunOnce(Instant machineNow, CancellationToken cancel)
    {
        var (forgotten, last) = (0, Batch);
        while (last == Batch)
        {
            await using var command = database.CreateCommand(
                """
                with old as materialized (
                    select webhook_id, event_sequence from webhook_deliveries where state <> 'pending' and ended_at < $1 order by ended_at limit $2 for update skip locked)
                delete from webhook_deliveries d using old where d.webhook_id = old.webhook_id and d.event_sequence = old.event_sequence
                """);
            command.Parameters.AddWithValue((machineNow - settings.Keep).ToUtc());
            command.Parameters.AddWithValue(Batch);
            forgotten += last = await command.ExecuteNonQueryAsync(cancel);
        }

        return forgotten;
    }
}
