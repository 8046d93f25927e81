using HelpDesk.Time;
using HelpDesk.Web.Settings;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace HelpDesk.Database;

internal static class DatabaseSetup
{
    public static readonly Text Connection = new(
        "ConnectionStrings:HelpDesk", "PostgreSQL 15 or newer; when set, `deploy/run` starts none of its own",
        "an Npgsql connection string such as `Host=…;Username=…;Password=…;Database=helpdesk`", note: "set by `deploy/run`; without it nothing starts");

    public static readonly Switch Sandbox = new(
        "Sandbox:Clock", "`true`: time is set over `/v1/sandbox/clock`; refused in Production. A database whose time was ever set is served with it only");

    private static readonly Choice<WhoMigrates> Migrating = new(
        "Database:Migrate",
        "`AtStart`: a server brings the database to its migrations before it serves; servers that start together take turns. `Elsewhere`: it waits until `dotnet HelpDesk.dll migrate` has done so",
        (nameof(WhoMigrates.AtStart), WhoMigrates.AtStart), (nameof(WhoMigrates.Elsewhere), WhoMigrates.Elsewhere));

    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var connection = Connection.Read(configuration)
            ?? (DocumentRun.IsOn ? "Host=none" : throw Connection.Wrong("is not set. Start the desk with deploy/run, which brings a PostgreSQL of its own, or name yours in ConnectionStrings__HelpDesk"));
        var settings = Read(connection);
        // What the connection string says stands; these are better than Npgsql's defaults for a desk.
        if (!IsSaid("Max Auto Prepare")) settings.MaxAutoPrepare = 200;
        if (!IsSaid("Maximum Pool Size")) settings.MaxPoolSize = 32;
        // Nobody leaves anything behind on a connection, and resetting it costs seven statements a request.
        if (!IsSaid("No Reset On Close")) settings.NoResetOnClose = true;
        settings.ApplicationName ??= "helpdesk";
        bool IsSaid(string keyword) => new System.Data.Common.DbConnectionStringBuilder { ConnectionString = connection }.ContainsKey(keyword);
        // Named, so that figures and traces do not name it by its connection string.
        services.AddSingleton<NpgsqlDataSource>(_ => new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "helpdesk" }.Build());
        services.AddDbContextPool<HelpDeskDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .ReplaceService<IHistoryRepository, OpenHistory>()
            // The model is held equal to the migrated database by a test, not by a snapshot.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        services.AddSingleton(typeof(WhoMigrates), Migrating.Read(configuration));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new SandboxClockSetting(Sandbox.Read(configuration)));
        services.AddSingleton<ReadSandboxTime>(provider => cancel => SandboxTime(provider.GetRequiredService<NpgsqlDataSource>(), cancel));
        services.AddSingleton<DeskClock>();
        services.AddSingleton<CommitMark>();
        services.AddSingleton(provider => new SchemaHistory(provider.GetRequiredService<NpgsqlDataSource>(), typeof(HelpDeskDb).Assembly));
        services.AddSingleton(provider => SchemaVersion.Readiness(provider));
        return services;
    }

    private static NpgsqlConnectionStringBuilder Read(string connection)
    {
        try
        {
            return new(connection);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            // Its message tells the keyword, never the value: a password may be in it.
            throw new WrongConfiguration($"{Connection.Key} must be an Npgsql connection string such as 'Host=…;Username=…;Password=…;Database=helpdesk'. {error.Message}", error);
        }
    }

    private static async Task<Instant?> SandboxTime(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand("select now from sandbox_clock");
        return await command.ExecuteScalarAsync(cancel) is DateTime time ? time.ToInstant() : null;
    }
}
