using HelpDesk.Tests.Support;
using Npgsql;

namespace HelpDesk.Tests.Database.Later;

/// <summary>A migration that wants a table for itself does not have everybody wait behind it.</summary>
internal sealed class WaitingMigrationTests : DeskFixture
{
    [Test]
    public async Task A_desk_stays_ready_and_takes_tickets_while_a_migration_waits_for_a_table()
    {
        await Open();
        Task migrating;
        await using (var reader = await Database.DataSource.OpenConnectionAsync())
        await using (var reading = await reader.BeginTransactionAsync())
        {
            // As a backup does, for hours.
            await using (var look = new NpgsqlCommand("select count(*) from tickets", reader, reading)) await look.ExecuteScalarAsync();
            migrating = LaterVersion.Migrate(Database);
            while (await Database.Ask<long>("select count(*) from pg_locks l join pg_class c on c.oid = l.relation and l.database = (select oid from pg_database where datname = current_database()) where c.relname = 'tickets' and not l.granted") == 0) await Task.Yield();
            Assert.That((string?)(await Desk.Anonymous.GetAsync("/health/ready").Json())["status"], Is.EqualTo("ready"));
            await Open();
            Assert.That(migrating.IsCompleted, Is.False);
        }

        await migrating;
        Assert.That(await Database.Ask<long>("""select count(*) from "__EFMigrationsHistory" where "MigrationId" like '9%'"""), Is.EqualTo(2));
    }
}
