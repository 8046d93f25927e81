using HelpDesk.Web;
using HelpDesk.Web.Health;
using HelpDesk.Web.Problems;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.Database;

/// <summary>Brings the database to this build's migrations, and tells whether it is there. Servers that start together wait for one another.</summary>
internal static partial class SchemaVersion
{
    private const long LockKey = 0x48656C7044657362;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private const int LoggedEvery = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>By migrating, or where another does that (<c>Database:Migrate=Elsewhere</c>) by waiting until it is done.</summary>
    public static async Task Reach(IServiceProvider services, CancellationToken cancel)
    {
        if (services.GetRequiredService<WhoMigrates>() == WhoMigrates.AtStart)
        {
            await Migrate(services, cancel);
            return;
        }

        var (log, machine, readiness) = (services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SchemaVersion)), services.GetRequiredService<TimeProvider>(), Readiness(services));
        for (var waited = 0; await Missing(readiness, cancel) is { } missing; waited++)
        {
            if (waited % LoggedEvery == 0) LogWaiting(log, missing);
            await Task.Delay(Pause, machine, cancel);
        }
    }

    private static async Task<string?> Missing(Readiness readiness, CancellationToken cancel)
    {
        try
        {
            return await readiness.Check(cancel);
        }
        catch (Exception error) when (DatabaseAway.Caused(error) || error is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable })
        {
            return error.GetBaseException().Message;
        }
    }

    /// <summary>A database that is away at the start, as when both are started together, is waited for.</summary>
    public static async Task Migrate(IServiceProvider services, CancellationToken cancel)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SchemaVersion));
        var machine = services.GetRequiredService<TimeProvider>();
        var start = machine.GetTimestamp();
        while (true)
        {
            try
            {
                await using var scope = services.CreateAsyncScope();
                await MigrateAlone(scope.ServiceProvider.GetRequiredService<HelpDeskDb>(), cancel);
                return;
            }
            catch (Exception error) when (DatabaseAway.Caused(error) && machine.GetElapsedTime(start) < Patience)
            {
                LogAway(log, error.GetBaseException().Message);
                await Task.Delay(Pause, machine, cancel);
            }
            catch (Exception error) when (DatabaseAway.Caused(error) || Refused(error))
            {
                throw new WrongConfiguration($"ConnectionStrings:HelpDesk leads to no database that can be used: {error.GetBaseException().Message}", error);
            }
        }
    }

    /// <summary>It is there, and does not let this user in.</summary>
    private static bool Refused(Exception error) => error.GetBaseException() is PostgresException { SqlState: ['2', '8', ..] };

    /// <summary>EF's own lock ends with each migration's transaction; a second server would begin with the next one while the first goes on to it.</summary>
    private static async Task MigrateAlone(HelpDeskDb db, CancellationToken cancel)
    {
        db.Database.SetCommandTimeout(TimeSpan.Zero);
        await db.Database.OpenConnectionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_lock({LockKey})", cancel);
        try
        {
            await db.Database.MigrateAsync(cancel);
        }
        finally
        {
            // The connection goes back to the pool as it is. One that was lost has let go by itself.
            if (db.Database.GetDbConnection().State == System.Data.ConnectionState.Open) await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock({LockKey})", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
            db.Database.SetCommandTimeout((int?)null);
        }
    }

    public static Readiness Readiness(IServiceProvider services)
    {
        string newest;
        using (var scope = services.CreateScope()) newest = scope.ServiceProvider.GetRequiredService<HelpDeskDb>().Database.GetMigrations().Last();
        var database = services.GetRequiredService<NpgsqlDataSource>();
        return new("database", async cancel =>
        {
            await using var command = database.CreateCommand("""select exists (select from "__EFMigrationsHistory" where "MigrationId" = $1)""");
            command.Parameters.AddWithValue(newest);
            return await command.ExecuteScalarAsync(cancel) is true ? null : $"migration {newest} is not applied";
        });
    }

    [LoggerMessage(1102, LogLevel.Warning, "Waiting for the database to be migrated by another (Database:Migrate=Elsewhere): {Missing}")]
    private static partial void LogWaiting(ILogger log, string missing);

    [LoggerMessage(1101, LogLevel.Warning, "The database is away ({Reason}); trying again")]
    private static partial void LogAway(ILogger log, string reason);
}

/// <summary><c>Database:Migrate</c>.</summary>
internal enum WhoMigrates
{
    AtStart,
    Elsewhere,
}
