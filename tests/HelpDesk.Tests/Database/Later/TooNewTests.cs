using HelpDesk.Database;
using HelpDesk.Tests.Support;
using HelpDesk.Web;

namespace HelpDesk.Tests.Database.Later;

/// <summary>A version tells what it can serve beside from what took away what it uses, though it does not know it.</summary>
internal sealed class TooNewTests
{
    private static readonly string[] Known = ["0001_desk", "0034_signing_keys"];

    private static async Task<(int Code, string Said)> Run(TestDatabase database, params string[] arguments)
    {
        var (code, said) = await Repository.Run(
            Path.GetTempPath(), "dotnet", [typeof(Refusal).Assembly.Location, .. arguments, $"--ConnectionStrings:HelpDesk={database.ConnectionString}", $"--Access:AdminKey={TestDesk.AdminKey}", "--Logging:LogLevel:Default=None"]);
        return (code, said.Trim());
    }

    [TestCase("0035_rooms", null)]
    [TestCase("0036_no_queues_needs_0034", null)]
    [TestCase("0036_no_queues_needs_0035", "migration 0036_no_queues_needs_0035 took away what versions up to migration 0034_signing_keys use, and this is one of them")]
    public void Only_what_needs_a_later_migration_is_too_new(string migration, string? why) =>
        Assert.That(FoundSchema.Of(Known, [.. Known, migration]), Has.Property("TooNew").EqualTo(why).And.Property("IsReached").True.And.Property("Later").EqualTo(new[] { migration }));

    [Test]
    public void A_database_that_lacks_the_last_of_this_version_is_not_reached() => Assert.That(FoundSchema.Of(Known, ["0001_desk"]).IsReached, Is.False);

    [Test]
    public async Task Migrating_a_database_of_a_later_version_changes_nothing_and_says_so()
    {
        using var database = TestDatabase.Create();
        await LaterVersion.Migrate(database);
        var (code, said) = await Run(database, "migrate");
        Assert.That((code, said), Is.EqualTo((0, $"The database has all {await Own(database)} migrations: there was nothing to do. It has those of a later version too, beside which this one serves: 9001_rooms, 9002_rooms_found.")));
    }

    [Test]
    public async Task A_desk_that_runs_is_not_ready_any_more_once_what_it_uses_is_taken_away()
    {
        using var database = TestDatabase.Create();
        using var desk = TestDesk.Start(database: database);
        await LaterVersion.Note(database, "9003_no_queues_needs_0001");
        await desk.Anonymous.GetAsync("/health/ready").Json();
        await LaterVersion.Note(database, "9004_no_rooms_needs_9001");
        var answer = await desk.Anonymous.GetAsync("/health/ready").Json(System.Net.HttpStatusCode.ServiceUnavailable);
        Assert.That((string?)answer["checks"]!["database"], Does.StartWith("migration 9004_no_rooms_needs_9001 took away what versions up to migration 00"));
    }

    [TestCase("migrate")]
    [TestCase("--urls=http://127.0.0.1:0")]
    [TestCase("--urls=http://127.0.0.1:0", "--Database:Migrate=Elsewhere")]
    public async Task And_none_is_started_there(params string[] arguments)
    {
        using var database = TestDatabase.Create();
        await LaterVersion.Note(database, "9004_no_rooms_needs_9001");
        var (code, said) = await Run(database, arguments);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(said, Does.Match("^HelpDesk cannot start: ConnectionStrings:HelpDesk leads to a database that is too new: migration 9004_no_rooms_needs_9001 took away what versions up to migration [0-9a-z_]+ use, and this is one of them. "
            + @"Start a later version, or restore a backup of before\.$"));
    }

    [Test]
    public async Task Two_that_migrate_at_once_take_turns_also_where_an_index_is_built_beside_its_writers()
    {
        using var database = TestDatabase.Create();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => LaterVersion.Migrate(database))));
        Assert.That(await database.Ask<long>("select count(*) from pg_index i join pg_class c on c.oid = i.indexrelid where c.relname in ('tickets_by_room', 'messages_by_room') and i.indisvalid"), Is.EqualTo(2));
        Assert.That(await database.Ask<long>("""select count(*) from "__EFMigrationsHistory" where "MigrationId" like '9%'"""), Is.EqualTo(2));
    }

    /// <summary>How many are this version's.</summary>
    private static Task<long> Own(TestDatabase database) => database.Ask<long>("""select count(*) from "__EFMigrationsHistory" where "MigrationId" < '9'""");
}
