using HelpDesk.Database;
using Npgsql;

namespace HelpDesk.Jobs;

/// <summary>What every server has to know of a recurring job: a row of <c>recurring_jobs</c>, from the first time on that there is something to know.</summary>
internal sealed class JobRows(NpgsqlDataSource database)
{
    public async Task<IReadOnlyDictionary<string, JobRow>> Read(CancellationToken cancel)
    {
        await using var command = database.JoinedCommand("select name, paused_at, paused_by, run_asked_at, started_at, took_ms, done, error from recurring_jobs");
        await using var row = await command.ExecuteReaderAsync(cancel);
        var found = new Dictionary<string, JobRow>(StringComparer.Ordinal);
        while (await row.ReadAsync(cancel))
        {
            var run = row.At(4) is { } start ? new JobRun(start, Duration.FromMilliseconds(row.GetInt64(5)), row.GetInt32(6), row.Text(7), null) : null;
            found[row.GetString(0)] = new(row.At(1), row.Text(2), row.At(3), run);
        }

        return found;
    }

    public async Task Note(string name, JobRun run, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            insert into recurring_jobs (name, started_at, took_ms, done, error) values ($1, $2, $3, $4, $5)
            on conflict (name) do update set started_at = excluded.started_at, took_ms = excluded.took_ms, done = excluded.done, error = excluded.error
            """);
        new Values(command.Parameters).Text(name).Instant(run.StartedAt).Bigint((long)run.Took.TotalMilliseconds).Integer(run.Done).Text(run.Error);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <returns>Whether that changes anything.</returns>
    public static async Task<bool> Pause(DeskTransaction transaction, string name, string actor, Instant at, CancellationToken cancel) => await Change(
        transaction,
        """
        insert into recurring_jobs (name, paused_at, paused_by) values ($1, $2, $3)
        on conflict (name) do update set paused_at = excluded.paused_at, paused_by = excluded.paused_by, run_asked_at = null where recurring_jobs.paused_at is null
        """,
        values => values.Text(name).Instant(at).Text(actor), cancel);

    /// <returns>Whether that changes anything.</returns>
    public static async Task<bool> Resume(DeskTransaction transaction, string name, CancellationToken cancel) =>
        await Change(transaction, "update recurring_jobs set paused_at = null, paused_by = null where name = $1 and paused_at is not null", values => values.Text(name), cancel);

    /// <returns>Whether it was not asked for already; false too where it is paused.</returns>
    public static async Task<bool> Ask(DeskTransaction transaction, string name, Instant at, CancellationToken cancel) => await Change(
        transaction,
        """
        insert into recurring_jobs (name, run_asked_at) values ($1, $2)
        on conflict (name) do update set run_asked_at = excluded.run_asked_at where recurring_jobs.run_asked_at is null and recurring_jobs.paused_at is null
        """,
        values => values.Text(name).Instant(at), cancel);

    public static async Task<bool> IsPaused(DeskTransaction transaction, string name, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select paused_at is not null from recurring_jobs where name = $1", transaction.Connection, transaction.Transaction);
        command.Parameters.AddWithValue(name);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    /// <summary>In the transaction of who sees to it: whoever else tries goes on without waiting.</summary>
    public static async Task<bool> TakeAsked(DeskTransaction transaction, string name, CancellationToken cancel) => await Change(
        transaction,
        """
        update recurring_jobs set run_asked_at = null
        where name in (select name from recurring_jobs where name = $1 and run_asked_at is not null and paused_at is null for update skip locked)
        """,
        values => values.Text(name), cancel);

    private static async Task<bool> Change(DeskTransaction transaction, string sql, Action<Values> fill, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction.Transaction);
        fill(new(command.Parameters));
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }
}

/// <param name="PausedAt">Null where it is not paused.</param>
/// <param name="AskedAt">Since when a run out of turn is asked for that nobody has taken up; null where none is.</param>
/// <param name="Run">The last run of a job that runs once across servers.</param>
internal sealed record JobRow(Instant? PausedAt, string? PausedBy, Instant? AskedAt, JobRun? Run);
