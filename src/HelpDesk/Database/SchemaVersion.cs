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
    private const int LoggedEvery = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(200);

    /// <summary>By migrating, or where another does that (<c>Database:Migrate=Elsewhere</c>) by waiting until it is done.</summary>
    public static async Task Reach(IServiceProvider services, CancellationToken cancel)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SchemaVersion));
        if (services.GetRequiredService<WhoMigrates>() == WhoMigrates.AtStart) await Migrate(services, cancel);
        else await Wait(services, log, cancel);
        await PatientStart.Do(services, Tell, cancel);

        async Task Tell(CancellationToken cancel)
        {
            if (await Later(services, cancel) is { Count: > 0 } later && log.IsEnabled(LogLevel.Information)) LogLater(log, string.Join(", ", later));
        }
    }

    private static async Task Wait(IServiceProvider services, ILogger log, CancellationToken cancel)
    {
        var (machine, history) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<SchemaHistory>());
        for (var waited = 0; await Missing(history, cancel) is { } missing; waited++)
        {
            if (waited % LoggedEvery == 0) LogWaiting(log, missing);
            await Task.Delay(Pause, machine, cancel);
        }
    }

    /// <summary>Migrations of a later version that this one can serve beside. One that it cannot ends the start.</summary>
    public static async Task<IReadOnlyList<string>> Later(IServiceProvider services, CancellationToken cancel)
    {
        var history = services.GetRequiredService<SchemaHistory>();
        var found = FoundSchema.Of(history.Known, await history.Applied(cancel));
        return found.TooNew is null ? found.Later
            : throw new WrongConfiguration($"ConnectionStrings:HelpDesk leads to a database that is too new: {found.TooNew}. Start a later version, or restore a backup of before.");
    }

    private static async Task<string?> Missing(SchemaHistory history, CancellationToken cancel)
    {
        try
        {
            return (await history.Find(cancel)).IsReached ? null : Lacks(history);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return "it has no migrations yet";
        }
        catch (Exception error) when (DatabaseAway.Caused(error))
        {
            return error.GetBaseException().Message;
        }
    }

    public static Task Migrate(IServiceProvider services, CancellationToken cancel) => PatientStart.Do(services, cancel => MigrateOnceFree(services, cancel), cancel);

    private static async Task MigrateOnceFree(IServiceProvider services, CancellationToken cancel)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SchemaVersion));
        var (machine, history) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<SchemaHistory>());
        while (true)
        {
            try
            {
                var lacking = history.Known.Except(await history.Applied(cancel)).ToList();
                if (lacking.Count == 0) return;
                await MigrateAlone(services, machine, cancel);
                LogMigrated(log, lacking.Count, history.Newest);
                return;
            }
            // Else taken for a database that is away, of which this is one kind to Npgsql.
            catch (Exception error) when (error.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } held)
            {
                LogHeld(log, held.Where ?? held.MessageText);
                await Task.Delay(Pause, machine, cancel);
            }
        }
    }

    /// <summary>EF's own lock ends with each migration's transaction; a second server would begin with the next one while the first goes on to it.</summary>
    private static async Task MigrateAlone(IServiceProvider services, TimeProvider machine, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HelpDeskDb>();
        db.Database.SetCommandTimeout(TimeSpan.Zero);
        await db.Database.OpenConnectionAsync(cancel);
        // Asked for again and again: one that waited in PostgreSQL would hold up an index that is built beside its writers, and be held up by it.
        while (!await db.Database.SqlQuery<bool>($"""select pg_try_advisory_lock({LockKey}) as "Value" """).SingleAsync(cancel)) await Task.Delay(Turn, machine, cancel);
        try
        {
            await Later(services, cancel);
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
        var history = services.GetRequiredService<SchemaHistory>();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SchemaVersion));
        var told = 0;
        return new("database", async cancel =>
        {
            var found = await history.Find(cancel);
            // Once for each migration that comes while this version serves.
            if (found.Later.Count > Interlocked.Exchange(ref told, found.Later.Count))
            {
                if (found.TooNew is { } gone) LogTooNew(log, gone);
                else LogLater(log, string.Join(", ", found.Later));
            }

            return found.IsReached ? found.TooNew : Lacks(history);
        });
    }

    private static string Lacks(SchemaHistory history) => $"migration {history.Newest} is not applied";

    [LoggerMessage(1102, LogLevel.Warning, "Waiting for the database to be migrated by another (Database:Migrate=Elsewhere): {Missing}")]
    private static partial void LogWaiting(ILogger log, string missing);

    [LoggerMessage(1104, LogLevel.Warning, "A migration waits for a table that others hold, and lets them go first ({Reason}); trying again")]
    private static partial void LogHeld(ILogger log, string reason);

    [LoggerMessage(1107, LogLevel.Information, "The database was brought to migration {Newest}; it lacked {Count}")]
    private static partial void LogMigrated(ILogger log, int count, string newest);

    [LoggerMessage(1105, LogLevel.Error, "The database has become too new for this version, which is not ready any more: {Reason}. End it, or what it does may fail")]
    private static partial void LogTooNew(ILogger log, string reason);

    [LoggerMessage(1103, LogLevel.Information, "The database has migrations of a later version, beside which this one serves: {Migrations}")]
    private static partial void LogLater(ILogger log, string migrations);
}

/// <summary><c>Database:Migrate</c>.</summary>
internal enum WhoMigrates
{
    AtStart,
    Elsewhere,
}
