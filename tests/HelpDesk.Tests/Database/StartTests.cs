using System.Diagnostics;
using HelpDesk.Database;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HelpDesk.Tests.Database;

internal sealed class StartTests
{
    [Test]
    public async Task Servers_that_start_together_on_an_empty_database_wait_for_one_another()
    {
        using var database = TestDatabase.Empty();
        var desks = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TestDesk.Start([("Jobs:Enabled", "true")], database: database))));
        foreach (var desk in desks)
        {
            await desk.Anonymous.Ready();
            desk.Dispose();
        }
    }

    /// <summary>As when PostgreSQL is restarted, or crashes, while a desk starts.</summary>
    [Test]
    public async Task A_database_that_goes_away_while_a_desk_starts_is_waited_for()
    {
        using var database = TestDatabase.Create();
        // The third time that the history of migrations is looked for, nothing is left to migrate, and only what a later version did is asked.
        using var relay = new DatabaseRelay(
            database.ConnectionString, ("to_regclass", 1), ("to_regclass", 3), ("into signing_keys", 1), ("pg_control_system", 1), ("lock table feed_era", 1), ("from sandbox_clock", 1));
        using var desk = TestDesk.Start([("ConnectionStrings:HelpDesk", relay.ConnectionString)], new Hasty(), database: database);
        await desk.Anonymous.Ready();
        Assert.That(relay.Left, Is.Empty);
    }

    [Test]
    public async Task A_migration_that_waits_for_a_table_says_so_and_does_not_say_that_the_database_is_away()
    {
        using var database = TestDatabase.Create();
        var log = new LogLines();
        var impatient = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = "-c lock_timeout=50ms" }.ConnectionString;
        using var desk = TestDesk.Start([("ConnectionStrings:HelpDesk", impatient)], services: services => services.AddLogging(logging => logging.AddProvider(log)), database: database);
        await desk.Anonymous.GetAsync("/health/ready").Json();
        Task migration;
        await using (var holder = await database.DataSource.OpenConnectionAsync())
        {
            await using var hold = new NpgsqlCommand("begin; lock table \"__EFMigrationsHistory\" in access exclusive mode", holder);
            await hold.ExecuteNonQueryAsync();
            migration = SchemaVersion.Migrate(desk.Services, default);
            var start = Stopwatch.GetTimestamp();
            // Each look is a round trip to the database.
            while (!Said().Any())
            {
                await database.Ask<int>("select 1");
                Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(30)));
            }

            await using var release = new NpgsqlCommand("rollback", holder);
            await release.ExecuteNonQueryAsync();
        }

        await migration.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(Said(), Has.All.StartsWith("A migration waits for a table that others hold"));

        IEnumerable<string> Said() => log.Lines.Where(line => line.Category == typeof(SchemaVersion).FullName || line.Category == typeof(PatientStart).FullName).Select(line => line.Text);
    }

    /// <summary>Does not wait for the second that a start leaves between two attempts.</summary>
    private sealed class Hasty : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == TimeSpan.FromSeconds(1) ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }
}
