using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace HelpDesk.Database;

internal static class DatabaseSetup
{
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var connection = configuration.GetConnectionString("HelpDesk") is { Length: > 0 } configured ? configured
            : DocumentRun.IsOn ? "Host=none"
            : throw new WrongConfiguration(
                "ConnectionStrings:HelpDesk is not set. Start the desk with deploy/run, which brings a PostgreSQL of its own, or name yours in ConnectionStrings__HelpDesk.");
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
            // The model is held equal to the migrated database by a test, not by a snapshot.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        services.AddSingleton(typeof(WhoMigrates), Who(configuration));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new SandboxClockSetting(configuration.IsOn("Sandbox:Clock")));
        services.AddSingleton<ReadSandboxTime>(provider => cancel => SandboxTime(provider.GetRequiredService<NpgsqlDataSource>(), cancel));
        services.AddSingleton<DeskClock>();
        services.AddSingleton<CommitMark>();
        services.AddSingleton(provider => SchemaVersion.Readiness(provider));
        return services;
    }

    private static WhoMigrates Who(IConfiguration configuration) => configuration["Database:Migrate"] switch
    {
        null or "" or nameof(WhoMigrates.AtStart) => WhoMigrates.AtStart,
        nameof(WhoMigrates.Elsewhere) => WhoMigrates.Elsewhere,
        var other => throw new WrongConfiguration($"Database:Migrate must be {nameof(WhoMigrates.AtStart)} or {nameof(WhoMigrates.Elsewhere)}, but is '{other}'."),
    };

    private static NpgsqlConnectionStringBuilder Read(string connection)
    {
        try
        {
            return new(connection);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            // Its message tells the keyword, never the value: a password may be in it.
            throw new WrongConfiguration($"ConnectionStrings:HelpDesk must be an Npgsql connection string such as 'Host=…;Username=…;Password=…;Database=helpdesk'. {error.Message}", error);
        }
    }

    private static async Task<Instant?> SandboxTime(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand("select now from sandbox_clock");
        return await command.ExecuteScalarAsync(cancel) is DateTime time ? time.ToInstant() : null;
    }
}
