using HelpDesk.Web.Problems;
using Npgsql;

namespace HelpDesk.Events.Feed;

/// <summary>
/// A database that is restored goes back in its transactions, its sequences, or both: cursors given out since the backup would in time lead past events that nobody has read. So every
/// cursor belongs to an era, and an era to where the database lay when it began; with a database that lies elsewhere begins another. Looked after when a server starts, and whenever
/// the feed is read, as servers go on by themselves when PostgreSQL is back.
/// </summary>
internal sealed partial class FeedEra(NpgsqlDataSource database, ILogger<FeedEra> log)
{
    /// <summary>Events of a time that is gone may have had higher ids than those that are left: none is given twice, so that followers know what they know.</summary>
    private const long Skipped = 1_000_000_000;

    // The transaction that wrote the row is another one after pg_restore, whatever it numbers; recovery to a point in time begins a timeline, as a standby does that takes over.
    private const string Cluster = "(select system_identifier::text from pg_control_system())";
    private const string Timeline = "left(pg_walfile_name(pg_current_wal_lsn()), 8)";

    // Of events that a dump brought into a cluster whose transactions have lower numbers.
    private const string IsAhead =
        "select coalesce((select transaction >= pg_snapshot_xmax(pg_current_snapshot()) from events order by sequence desc limit 1), false)";

    private const string Settled =
        """
        set local helpdesk.restored = 'on';
        update events set transaction = '3' where transaction <> '3' and exists (select from events where transaction >= pg_snapshot_xmin(pg_current_snapshot()));
        """;

    private string? place;

    /// <summary>In SQL: the era; null where it is over and another has to be settled.</summary>
    public string Known => $"(select case when pg_is_in_recovery() or place = {Place} || xmin::text then era end from feed_era)";

    private string Place => place ?? $"{Cluster} || '/' || {Timeline} || '/'";

    /// <returns>The era that there is from now on.</returns>
    public async Task<int> Settle(CancellationToken cancel)
    {
        place ??= $"{await Readable(Cluster, cancel)} || '/' || {await Readable(Timeline, cancel)} || '/'";
        // Never a part of a request's transaction: a part has a number of its own, which is not the one that is noted.
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Ask("lock table feed_era in exclusive mode");
        var isAhead = await Ask(IsAhead) is true;
        if (!isAhead && await Ask($"select {Known}") is int known) return known;
        var isNew = !isAhead && await Ask("select place is null from feed_era") is true;
        if (!isNew)
        {
            LogRestored(log);
            await Ask(Settled);
            await Ask($"select setval('events_sequence_seq', last_value + {Skipped}) from events_sequence_seq");
        }

        var era = (int)(await Ask(
            $"""
            update feed_era set place = {Place} || (pg_current_xact_id()::text::bigint & 4294967295), era = {(isNew ? "era" : "(random() * 2147483647)::integer")}
            returning era
            """))!;
        await transaction.CommitAsync(cancel);
        return era;

        async Task<object?> Ask(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 0 };
            return await command.ExecuteScalarAsync(cancel);
        }
    }

    /// <summary>Some who host PostgreSQL keep it to themselves.</summary>
    private async Task<string> Readable(string part, CancellationToken cancel)
    {
        try
        {
            await using var command = database.CreateCommand($"select {part}");
            await command.ExecuteScalarAsync(cancel);
            return part;
        }
        catch (PostgresException error) when (!DatabaseAway.Caused(error))
        {
            LogUnreadable(log, error.MessageText);
            return "''";
        }
    }

    [LoggerMessage(1602, LogLevel.Warning, "This database was restored from a backup, or a standby has taken its place: whoever reads the feed of events has to begin anew")]
    private static partial void LogRestored(ILogger log);

    [LoggerMessage(1603, LogLevel.Warning, "Not every restore of this database will be noticed ({Reason}): after one, begin another era of the feed (docs/operations.md)")]
    private static partial void LogUnreadable(ILogger log, string reason);
}
