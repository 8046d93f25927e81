using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Idempotency;

/// <summary>Clears away what is past its 24 hours. It is not looked at any more from then on, whenever this comes by.</summary>
internal sealed class ForgetOldKeys(NpgsqlDataSource database)
{
    private const int Batch = 1000;

    /// <returns>How many were cleared away.</returns>
    public async Task<int> RunOnce(Instant now, CancellationToken cancel)
    {
        var forgotten = 0;
        int some;
        do
        {
            await using var command = database.CreateCommand(
                """
                delete from idempotency_keys where id in (
                    select id from idempotency_keys where expires_at <= $1 order by expires_at limit $2 for update skip locked)
                """);
            command.Parameters.AddWithValue(now.ToUtc());
            command.Parameters.AddWithValue(Batch);
            some = await command.ExecuteNonQueryAsync(cancel);
            forgotten += some;
        }
        while (some == Batch);
        return forgotten;
    }
}
