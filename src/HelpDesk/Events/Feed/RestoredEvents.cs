using HelpDesk.Database;
using Npgsql;

namespace HelpDesk.Events.Feed;

/// <summary>
/// A database that was restored from a dump may give its transactions numbers that its events have already. Then all that is there is taken for long committed,
/// and cursors of before lead nowhere. Looked after when a server starts.
/// </summary>
internal static partial class RestoredEvents
{
    private const string IsRestored =
        "select coalesce((select transaction >= pg_snapshot_xmax(pg_current_snapshot()) from events order by sequence desc limit 1), false)";

    private const string Settle =
        """
        set local helpdesk.restored = 'on';
        update events set transaction = '3' where transaction <> '3';
        update feed_era set era = (random() * 2147483647)::integer
        """;

    public static async Task Settled(IServiceProvider services, CancellationToken cancel)
    {
        var database = services.GetRequiredService<NpgsqlDataSource>();
        await using var transaction = await DeskTransaction.Begin(database, cancel);
        await Do("lock table feed_era in exclusive mode");
        await using (var ask = new NpgsqlCommand(IsRestored, transaction.Connection))
        {
            if (await ask.ExecuteScalarAsync(cancel) is not true) return;
        }

        LogRestored(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RestoredEvents)));
        await Do(Settle);
        await transaction.CommitAsync(cancel);

        async Task Do(string sql)
        {
            await using var command = new NpgsqlCommand(sql, transaction.Connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    [LoggerMessage(1602, LogLevel.Warning, "This database was restored from a backup into another cluster: whoever reads the feed of events has to begin anew")]
    private static partial void LogRestored(ILogger log);
}
