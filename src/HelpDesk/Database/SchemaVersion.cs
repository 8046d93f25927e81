using HelpDesk.Web.Health;
using HelpDesk.Web.Problems;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.Database;

/// <summary>Brings the database to this build's migrations, and tells whether it is there. Servers that start together wait for one another.</summary>
/// <remarks>
/// EF's own lock ends with each migration, and whoever waited for it goes on with the list that it had read before: it would apply the next one a second time.
/// </remarks>
internal static partial class SchemaVersion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

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
                await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancel);
                await Say(connection, "select pg_advisory_lock(hashtext('helpdesk migrations'))", cancel);
                try
                {
                    await scope.ServiceProvider.GetRequiredService<HelpDeskDb>().Database.MigrateAsync(cancel);
                    return;
                }
                finally
                {
                    await Say(connection, "select pg_advisory_unlock(hashtext('helpdesk migrations'))", CancellationToken.None);
                }
            }
            catch (Exception error) when (DatabaseAway.Caused(error) && machine.GetElapsedTime(start) < Patience)
            {
                LogAway(log, error.GetBaseException().Message);
                await Task.Delay(Pause, machine, cancel);
            }
        }
    }

    private static async Task Say(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
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

    [LoggerMessage(LogLevel.Warning, "The database is away ({Reason}); trying again")]
    private static partial void LogAway(ILogger log, string reason);
}
