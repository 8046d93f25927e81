using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Npgsql;

namespace HelpDesk.Sandbox;

/// <summary>The sandbox's time, kept in the database so that every server has the same. Whoever moves it holds it alone.</summary>
internal sealed class SandboxClock : IAsyncDisposable
{
    public const string Rule = "must lie in the years 1900 to 8999: promises are counted for years on either side";

    private static readonly Instant First = Instant.FromUtc(1900, 1, 1, 0, 0);
    private static readonly Instant End = Instant.FromUtc(9000, 1, 1, 0, 0);

    private const long LockKey = 0x48656C7044657361;
    private readonly NpgsqlConnection connection;

    private SandboxClock(NpgsqlConnection connection) => this.connection = connection;

    public static bool Holds(Instant now) => now >= First && now < End;

    /// <summary>
    /// A database whose clock was ever set belongs to a sandbox for good: at real time everything promised there would lapse at once, and all its customers
    /// would be written to.
    /// </summary>
    public static async Task KeepRealTimeOut(IServiceProvider services, CancellationToken cancel)
    {
        if (services.GetRequiredService<SandboxClockSetting>().Enabled) return;
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select exists (select from sandbox_clock)");
        if (await command.ExecuteScalarAsync(cancel) is true)
        {
            throw new WrongConfiguration("This database is a sandbox: start it with Sandbox:Clock=true, or use another database (ConnectionStrings:HelpDesk).");
        }
    }

    /// <summary>Null while somebody else moves it.</summary>
    public static async Task<SandboxClock?> TryHold(NpgsqlDataSource database, CancellationToken cancel)
    {
        var connection = await database.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = LockKey } } };
        if (await command.ExecuteScalarAsync(cancel) is true) return new SandboxClock(connection);
        await connection.DisposeAsync();
        return null;
    }

    /// <param name="happened">Written down with it.</param>
    public async Task Set(Instant now, CancellationToken cancel, NewEvent? happened = null)
    {
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new("insert into sandbox_clock (now) values ($1) on conflict (only_row) do update set now = excluded.now")
        {
            Parameters = { new() { Value = now.ToUtc() } },
        });
        if (happened is not null) EventLog.Append(batch, [happened]);
        await batch.ExecuteNonQueryAsync(cancel);
    }

    public async Task<bool> HasTickets(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select exists (select from tickets)", connection);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    public async ValueTask DisposeAsync()
    {
        await using (var command = new NpgsqlCommand("select pg_advisory_unlock($1)", connection) { Parameters = { new() { Value = LockKey } } })
        {
            await command.ExecuteNonQueryAsync();
        }

        await connection.DisposeAsync();
    }
}
