using HelpDesk.Time;
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
            : throw new InvalidOperationException(
                "ConnectionStrings:HelpDesk is not set. Start the desk with deploy/run, which brings a PostgreSQL of its own, or name yours in ConnectionStrings__HelpDesk.");
        var settings = new NpgsqlConnectionStringBuilder(connection);
        if (!settings.ContainsKey("Max Auto Prepare") || settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 200;
        if (!settings.ContainsKey("Maximum Pool Size") || settings.MaxPoolSize == 100) settings.MaxPoolSize = 32;
        settings.ApplicationName ??= "helpdesk";
        services.AddSingleton(NpgsqlDataSource.Create(settings.ConnectionString));
        services.AddDbContextPool<HelpDeskDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            // The model is held equal to the migrated database by a test, not by a snapshot.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new SandboxClockSetting(configuration.GetValue("Sandbox:Clock", false)));
        services.AddSingleton<DeskClock>();
        services.AddSingleton(provider => SchemaVersion.Readiness(provider));
        return services;
    }
}
