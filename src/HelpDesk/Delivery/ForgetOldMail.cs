using HelpDesk.Web.Settings;
using Npgsql;

namespace HelpDesk.Delivery;

/// <summary>
/// What was written to customers is not kept for ever: <c>Deliveries:KeepBodies</c> (default P90D) after a message was sent, withdrawn or given up, its
/// bodies are cleared, and the log of its attempts with what servers said. That it was sent, to whom and when, stays.
/// </summary>
internal sealed class ForgetOldMail(NpgsqlDataSource database, MailRetention retention)
{
    private const int Batch = 1000;

    /// <summary>Once a day, so it may walk the primary key, each row once, and needs no index that every message would pay for.</summary>
    public async Task<int> RunOnce(Instant now, CancellationToken cancel)
    {
        var forgotten = 0;
        Guid? last = Guid.Empty;
        while (last is { } after)
        {
            (last, var cleared) = await Next(after, now - retention.Keep, cancel);
            forgotten += cleared;
        }
        return forgotten;
    }

    private async Task<(Guid? Last, int Cleared)> Next(Guid after, Instant before, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            with old as materialized (
                select id from deliveries
                where id > $1 and state in ('sent', 'withdrawn', 'dead') and coalesce(ended_at, sent_at) < $2 and (text_body <> '' or html_body <> '')
                order by id limit $3
                for update skip locked),
            forgotten as (delete from delivery_attempts using old where delivery_id = old.id),
            cleared as (update deliveries set text_body = '', html_body = '', data = null from old where deliveries.id = old.id returning deliveries.id)
            select (select id from cleared order by id desc limit 1), (select count(*) from cleared)
            """);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(before.ToDateTimeUtc());
        command.Parameters.AddWithValue(Batch);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.IsDBNull(0) ? null : row.GetGuid(0), (int)row.GetInt64(1));
    }
}

internal sealed class MailRetention(IConfiguration configuration)
{
    private static readonly HowLong KeepBodies = new("Deliveries:KeepBodies", "P90D", "how long the text of messages is kept after they ended", "PT0S");

    public Duration Keep { get; } = KeepBodies.Read(configuration);
}
