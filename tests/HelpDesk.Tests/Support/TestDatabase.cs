using System.Globalization;
using HelpDesk.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace HelpDesk.Tests.Support;

/// <summary>
/// A database of a fixture's own, cloned from a template that the run's first fixture migrates. Lives on the server that
/// HELPDESK_TEST_DATABASE names (the
/// connection string of a role that may create databases); deploy/test brings one.
/// </summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Template = new(CreateTemplate);
    private static int clones;

    private readonly string name;

    private TestDatabase(string name)
    {
        this.name = name;
        ConnectionString = ConnectionTo(name);
        DataSource = NpgsqlDataSource.Create(ConnectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource DataSource { get; }

    public static async Task<TestDatabase> Create()
    {
        var template = await Template.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"{template}_{Interlocked.Increment(ref clones)}");
        await OnServer($"create database {name} template {template}");
        return new(name);
    }

    public HelpDeskDb NewContext() => ContextOn(DataSource);

    public async Task Execute(string sql, params object[] values)
    {
        await using var command = DataSource.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T?> Ask<T>(string sql, params object[] values)
    {
        await using var command = DataSource.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return await command.ExecuteScalarAsync() is T answer ? answer : default;
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await OnServer($"drop database if exists {name} with (force)");
    }

    internal static async Task DropTemplate()
    {
        if (Template is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) await OnServer($"drop database if exists {await Template.Value} with (force)");
    }

    private static async Task<string> CreateTemplate()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"helpdesk_test_{Environment.ProcessId}");
        await OnServer($"drop database if exists {name} with (force)");
        await OnServer($"create database {name}");
        await using var source = NpgsqlDataSource.Create(ConnectionTo(name));
        await using (var db = ContextOn(source)) await db.Database.MigrateAsync();
        return name;
    }

    private static HelpDeskDb ContextOn(NpgsqlDataSource source) => new(
        new DbContextOptionsBuilder<HelpDeskDb>()
            .UseNpgsql(source)
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options);

    private static async Task OnServer(string sql)
    {
        // Not pooled: a connection left open on it would keep the template from being cloned.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server()) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder(Server()) { Database = database, IncludeErrorDetail = true }.ConnectionString;

    private static string Server() => Environment.GetEnvironmentVariable("HELPDESK_TEST_DATABASE") is { Length: > 0 } server
        ? server
        : throw new InvalidOperationException("HELPDESK_TEST_DATABASE is not set: run deploy/test, or name a PostgreSQL of yours, e.g. 'Host=127.0.0.1;Username=postgres;Database=postgres'.");
}
