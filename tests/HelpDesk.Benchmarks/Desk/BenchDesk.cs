using HelpDesk.Applications;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Escalation;
using HelpDesk.FollowUps;
using HelpDesk.LongWork;
using HelpDesk.Policies;
using HelpDesk.Tickets;
using Npgsql;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>The desk without its HTTP and its jobs, on a database of its own that is made and migrated for the occasion.</summary>
internal sealed class BenchDesk : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private BenchDesk(ServiceProvider services) => this.services = services;

    public NpgsqlDataSource Database => Get<NpgsqlDataSource>();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public static async Task<BenchDesk> Start(string server, string name, params (string Key, string? Value)[] settings)
    {
        await using (var source = NpgsqlDataSource.Create(server))
        {
            await Run(source, $"drop database if exists {name} with (force)");
            await Run(source, $"create database {name}");
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:HelpDesk", new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString), new("Desk:SigningKey", new string('k', 64)), .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))])
            .Build();
        var services = new ServiceCollection().AddLogging().AddMetrics().AddDatabase(configuration).AddDelivery(configuration).AddPolicies();
        services.AddSingleton(HelpDesk.Access.DeskKey.Read(configuration)).AddSingleton<HelpDesk.Access.WebhookSecrets>();
        services.AddSingleton(HelpDesk.Queues.KnownQueues.Read(configuration));
        services.AddTickets(configuration).AddEscalation(configuration).AddFollowUps().AddLongWork().AddApplications();
        var desk = new BenchDesk(services.BuildServiceProvider());
        await SchemaVersion.Migrate(desk.services, CancellationToken.None);
        return desk;
    }

    public Task Run(string sql) => Run(Database, sql);

    public async Task<T> Ask<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Run(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
