using Hangfire.PostgreSql;
using HelpDesk.Database;
using Npgsql;

namespace HelpDesk.Jobs.Engine;

/// <summary>
/// Where the engine keeps its things. With its defaults a job that a killed server ran would run again after half an hour, and a lock that it left would stop every
/// planned job for ten minutes: here both are over within <c>Jobs:Takeover</c>, and a job that runs shows so, however long it takes.
/// </summary>
internal sealed class HangfireStore : IDisposable
{
    public const string Schema = "hangfire";

    /// <summary>Two workers, two schedulers, heartbeats, and somebody who looks at the dashboard.</summary>
    private const int MostConnections = 8;

    private readonly NpgsqlDataSource connections;

    public HangfireStore(IConfiguration configuration, JobOptions options)
    {
        // Named, so that figures and traces do not name it by its connection string.
        connections = new NpgsqlDataSourceBuilder(Settings(configuration)) { Name = "helpdesk-jobs" }.Build();
        Storage = new(new Connections(connections), new PostgreSqlStorageOptions
        {
            SchemaName = Schema,
            PrepareSchemaIfNecessary = false,
            QueuePollInterval = options.Look.ToTimeSpan(),
            InvisibilityTimeout = options.Patience.ToTimeSpan(),
            UseSlidingInvisibilityTimeout = true,
            DistributedLockTimeout = options.Patience.ToTimeSpan(),
            EnableTransactionScopeEnlistment = false,
        });
    }

    public PostgreSqlStorage Storage { get; }

    public void Dispose() => connections.Dispose();

    private static string Settings(IConfiguration configuration)
    {
        var settings = new NpgsqlConnectionStringBuilder(DatabaseSetup.Connection.Read(configuration) ?? "Host=none");
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, MostConnections);
        settings.ApplicationName = "helpdesk-jobs";
        return settings.ConnectionString;
    }

    private sealed class Connections(NpgsqlDataSource source) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
    }
}
