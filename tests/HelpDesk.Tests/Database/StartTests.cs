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

        IEnumerable<string> Said() => log.Lines.Where(line => line.Category == typeof(SchemaVersion).FullName).Select(line => line.Text);
    }
}
