using Npgsql;

namespace HelpDesk.Jobs;

/// <summary>
/// That a job runs on one server at a time. The engines have locks of their own, but those are rows with an age: one that is short enough to be taken over from a
/// dead server soon is too short for a long run. This one is PostgreSQL's, of a session, and ends with it: at once when the process is killed, and within
/// twenty seconds when its machine or network is gone. No transaction is open meanwhile, so that nothing is held up.
/// </summary>
internal sealed class JobLock : IAsyncDisposable
{
    /// <summary>Apart from the other locks of this kind.</summary>
    private const int Family = 0x4A6F6273;

    private readonly NpgsqlConnection connection;
    private readonly string name;

    private JobLock(NpgsqlConnection connection, string name) => (this.connection, this.name) = (connection, name);

    /// <summary>Null where another has it.</summary>
    public static Task<JobLock?> TryTake(NpgsqlDataSource database, string name, CancellationToken cancel) => Take(database, name, "select pg_try_advisory_lock($1, hashtext($2))", cancel);

    /// <summary>Waits for who has it.</summary>
    public static async Task<JobLock> Take(NpgsqlDataSource database, string name, CancellationToken cancel) =>
        (await Take(database, name, "select true from pg_advisory_lock($1, hashtext($2))", cancel))!;

    private static async Task<JobLock?> Take(NpgsqlDataSource database, string name, string sql, CancellationToken cancel)
    {
        var connection = await database.OpenConnectionAsync(cancel);
        try
        {
            await using (var alive = new NpgsqlCommand("set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 2", connection)) await alive.ExecuteNonQueryAsync(cancel);
            await using var take = Of(connection, sql, name);
            if (await take.ExecuteScalarAsync(cancel) is true) return new(connection, name);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>The connection goes back to the pool as it is. One that was lost has let go by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (connection.State != System.Data.ConnectionState.Open) return;
            await using var release = Of(connection, "select pg_advisory_unlock($1, hashtext($2))", name);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // Broken just now.
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private static NpgsqlCommand Of(NpgsqlConnection connection, string sql, string name) =>
        new(sql, connection) { Parameters = { new() { Value = Family }, new() { Value = $"helpdesk job {name}" } }, CommandTimeout = 0 };
}
