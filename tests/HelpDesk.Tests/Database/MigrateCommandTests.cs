using HelpDesk.Tests.Support;
using HelpDesk.Web;

namespace HelpDesk.Tests.Database;

/// <summary>The desk's program in processes of its own, as an operator starts it.</summary>
internal sealed class MigrateCommandTests
{
    private static async Task<(int Code, string Said)> Desk(string database, params string[] arguments)
    {
        var (code, said) = await Repository.Run(
            Path.GetTempPath(), "dotnet", [typeof(Refusal).Assembly.Location, .. arguments, $"--ConnectionStrings:HelpDesk={database}", $"--Access:AdminKey={TestDesk.AdminKey}", "--Logging:LogLevel:Default=None"]);
        return (code, said.Trim());
    }

    [Test]
    public async Task An_empty_database_is_migrated_by_two_at_once_and_then_there_is_nothing_to_do()
    {
        using var database = TestDatabase.Empty();
        var both = await Task.WhenAll(Desk(database.ConnectionString, "migrate"), Desk(database.ConnectionString, "migrate"));
        Assert.That(both.Select(each => each.Code), Is.All.Zero);
        Assert.That(both.Select(each => each.Said), Has.Some.Match("The database has all [0-9]+ migrations; applied now: 0001_desk, 0002_people,"));
        var count = await database.Ask<long>("""select count(*) from "__EFMigrationsHistory" """);
        Assert.That(await Desk(database.ConnectionString, "migrate"), Is.EqualTo((0, $"The database has all {count} migrations: there was nothing to do.")));
    }

    [Test]
    public async Task It_needs_the_database_alone_and_leaves_nothing_behind()
    {
        using var database = TestDatabase.Empty();
        var data = Path.Combine(Path.GetTempPath(), $"helpdesk-migrate-{database.Name}");
        var (code, said) = await Repository.Run(
            Path.GetTempPath(), "env",
            [
                $"HELPDESK_DATA={data}", "ASPNETCORE_ENVIRONMENT=Production", $"ConnectionStrings__HelpDesk={database.ConnectionString}", "Logging__LogLevel__Default=None",
                "dotnet", typeof(Refusal).Assembly.Location, "migrate",
            ]);
        Assert.That(code, Is.Zero, said);
        Assert.That(Directory.Exists(data), Is.False);
    }

    [Test]
    public async Task A_desk_that_leaves_migrating_to_others_waits_for_them()
    {
        using var database = TestDatabase.Empty();
        var starting = DeskProcess.Start(database.ConnectionString, ("Database__Migrate", "Elsewhere"));
        // It asks what it waits for, and changes nothing.
        while (await database.Ask<long>("""select count(*) from pg_stat_activity where datname = current_database() and query like '%__EFMigrationsHistory%' and pid <> pg_backend_pid()""") == 0) await Task.Yield();
        Assert.That(await database.Ask<long>("select count(*) from pg_class where relnamespace = 'public'::regnamespace"), Is.Zero);
        Assert.That(starting.IsCompleted, Is.False);
        Assert.That((await Desk(database.ConnectionString, "migrate")).Code, Is.Zero);
        using var desk = await starting;
        Assert.That((string?)(await desk.Client.GetAsync("/health/ready").Json())["status"], Is.EqualTo("ready"));
    }

    [Test]
    public async Task A_word_that_is_no_command_is_refused() =>
        Assert.That(await Desk("Host=none", "migrat"), Is.EqualTo((1, "HelpDesk cannot start: 'migrat' is no command. The desk is started without one; 'migrate' brings its database to this build's migrations, 'configuration' lists its keys, 'health' asks one that runs.")));

    [Test]
    public async Task The_list_of_keys_takes_no_arguments() =>
        Assert.That(await Desk("Host=none", "configuration", "Mail"), Is.EqualTo((1, "HelpDesk cannot start: 'configuration' takes no arguments; it was given 'Mail'.")));

    [Test]
    public async Task A_database_that_does_not_know_the_user_ends_in_one_line()
    {
        using var database = TestDatabase.Empty();
        var (code, said) = await Desk(database.ConnectionString + ";Username=nobody-here;Password=sesame", "migrate");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(said, Does.StartWith("HelpDesk cannot start: ConnectionStrings:HelpDesk ").And.Not.Contain("sesame"));
    }
}
