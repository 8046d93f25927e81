using System.Data;
using HelpDesk.Tickets;
using HelpDesk.Time;
using Npgsql;
using NpgsqlTypes;

namespace HelpDesk.Reports;

/// <summary>
/// Keeps the roll-up equal to the ledger. Writers of tickets pay nothing for it: the log of events says which tickets changed, and each run reads what was
/// committed since the snapshot of the run before, however late a transaction committed. One transaction of one snapshot: what is killed half-way never was.
/// </summary>
internal sealed class RollUp(NpgsqlDataSource database, DeskSettings desk, TimeProvider machine)
{
    /// <summary>Counting takes no more than this share of the time: an import changes more than can be counted in passing.</summary>
    private const int Share = 20;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private const long LockKey = 0x48656C7044657363;

    /// <summary>So many tickets at once are not looked up one by one: everything is counted anew.</summary>
    private const int Many = 100_000;

    private (long EndedAt, TimeSpan Pause)? last;

    /// <summary>As <see cref="RunOnce"/>, on a server's own timer: passed over while the run before it has not earned its next.</summary>
    public async Task Turn(CancellationToken cancel)
    {
        if (last is { } before && machine.GetElapsedTime(before.EndedAt) < before.Pause) return;
        var start = machine.GetTimestamp();
        await RunOnce(cancel);
        var pause = machine.GetElapsedTime(start) * (Share - 1);
        last = (machine.GetTimestamp(), pause < LongestPause ? pause : LongestPause);
    }

    /// <summary>Catches up with the ledger. Answers how many tickets were counted again; 0 also while another server is at it.</summary>
    public async Task<int> RunOnce(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        if (await Ask<bool>(connection, $"select pg_try_advisory_lock({LockKey})", cancel) is false) return 0;
        try
        {
            // After the lock: the snapshot has what the run before wrote.
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            var done = await CatchUp(connection, cancel);
            await transaction.CommitAsync(cancel);
            return done;
        }
        finally
        {
            // A connection that was lost has let go by itself.
            if (connection.State == ConnectionState.Open) await Ask<bool>(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    private async Task<int> CatchUp(NpgsqlConnection connection, CancellationToken cancel)
    {
        // Tables differ a thousandfold from one desk to the next: plans are made for the values.
        await Do(connection, "set local plan_cache_mode = force_custom_plan; set local jit = off; set local work_mem = '64MB'", cancel);
        var readTo = await Ask<long?>(connection, RollUpSql.ReadTo, cancel, desk.Zone.Id);
        if (readTo is null) return await Rebuild(connection, cancel);
        var tickets = await Ask<long[]>(connection, RollUpSql.Touched, cancel, readTo) ?? [];
        if (tickets.Length > Many) return await Rebuild(connection, cancel);
        if (tickets.Length > 0)
        {
            var days = await Ask<DateOnly[]>(connection, RollUpSql.CountTickets, cancel, [.. await Zone(connection, cancel), tickets]) ?? [];
            await Sum(connection, days, cancel);
        }

        await Do(connection, RollUpSql.Advance, cancel, tickets.Length > 0);
        return tickets.Length;
    }

    /// <summary>From the ledger alone: the first time, in another zone, or on a database that was restored into another cluster, whose transactions have other numbers.</summary>
    private async Task<int> Rebuild(NpgsqlConnection connection, CancellationToken cancel)
    {
        await Do(connection, "delete from performance_marks; delete from performance_facts; delete from performance_days", cancel);
        await Do(connection, RollUpSql.CountAll, cancel, [.. await Zone(connection, cancel)]);
        await Do(connection, RollUpSql.SumAll, cancel);
        await Do(connection, RollUpSql.Begin, cancel, desk.Zone.Id);
        return 1;
    }

    private static async Task Sum(NpgsqlConnection connection, DateOnly[] days, CancellationToken cancel)
    {
        if (days.Length == 0) return;
        var dates = new NpgsqlParameter { Value = days, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date };
        await Do(connection, "delete from performance_days where day = any ($1)", cancel, dates.Clone());
        await Do(connection, RollUpSql.SumDays, cancel, dates);
    }

    /// <summary>The desk's zone as the engine knows it, which need not be what PostgreSQL's libraries know: from when on which offset holds.</summary>
    private async Task<object[]> Zone(NpgsqlConnection connection, CancellationToken cancel)
    {
        var first = (await Ask<DateTime?>(connection, "select min(created_at) from tickets", cancel))?.ToInstant() ?? NodaConstants.UnixEpoch;
        var last = (await Ask<DateTime?>(connection, "select max(at) from (select max(made_at) as at from promises union all select max(ended_at) from promises) all_of_them", cancel))?.ToInstant() ?? first;
        var intervals = desk.Zone.GetZoneIntervals(Instant.Min(first, last) - Duration.FromDays(1), Instant.Max(first, last) + Duration.FromDays(1)).ToList();
        return
        [
            intervals.Select((interval, index) => index == 0 ? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc) : interval.Start.ToUtc()).ToArray(),
            intervals.Select(interval => interval.WallOffset.ToTimeSpan()).ToArray(),
        ];
    }

    private static async Task<T?> Ask<T>(NpgsqlConnection connection, string sql, CancellationToken cancel, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync(cancel) is T answer ? answer : default;
    }

    private static async Task Do(NpgsqlConnection connection, string sql, CancellationToken cancel, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Patient: the first count of a large desk takes minutes.</summary>
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }
}
