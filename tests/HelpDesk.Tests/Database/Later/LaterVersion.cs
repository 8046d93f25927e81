using HelpDesk.Database;
using HelpDesk.Tests.Support;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Database.Later;

/// <summary>The version after this one, as far as the database meets it: its migrations, brought as every version brings its own.</summary>
internal static class LaterVersion
{
    public static async Task Migrate(TestDatabase database)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new SchemaHistory(database.DataSource, typeof(LaterVersion).Assembly))
            .AddDbContext<HelpDeskDb>(options => options
                .UseNpgsql(database.DataSource, npgsql => npgsql.MigrationsAssembly(typeof(LaterVersion).Assembly.GetName().Name))
                .ReplaceService<IHistoryRepository, OpenHistory>()
                .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)))
            .BuildServiceProvider();
        await SchemaVersion.Migrate(services, default);
    }

    /// <summary>Every table has a column more: whoever counts on their number or order is found out.</summary>
    public static Task Widen(TestDatabase database) => database.Execute(
        """
        do $$ declare t text; begin
            for t in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> '__EFMigrationsHistory'
            loop execute format('alter table %I add later_word text not null default ''later''', t); end loop;
        end $$
        """);

    /// <summary>As if a migration of that name had been applied.</summary>
    public static Task Note(TestDatabase database, string migration) =>
        database.Execute("""insert into "__EFMigrationsHistory" ("MigrationId", "ProductVersion") values ($1, '99')""", migration);
}
