using System.Globalization;
using HelpDesk.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace HelpDesk.Tests.Support;

/// <summary>
/// A database of a test's or fixture's own, cloned from a template that the run's first one migrates. Lives on the server that HELPDESK_TEST_DATABASE names
/// (the connection string of a role that may create databases); deploy/test brings one.
/// </summary>
internal sealed class TestDatabase : IDisposable, IAsyncDisposable
{
    private static readonly Lazy<string> Template = new(MakeTemplate);
    private static int count;

    private TestDatabase(string name)
    {
        Name = name;
        ConnectionString = ConnectionTo(name);
        DataSource = NpgsqlDataSource.Create(ConnectionString);
    }

    public string Name { get; }

    public string ConnectionString { get; }

    public NpgsqlDataSource DataSource { get; }

    public static TestDatabase Create() => Create(Template.Value);

    /// <summary>As an operator makes it: nothing in it yet.</summary>
    public static TestDatabase Empty() => Create("template0");

    private static TestDatabase Create(string template)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"helpdesk_test_{Environment.ProcessId}_{Interlocked.Increment(ref count)}");
        OnServer($"""create database "{name}" template "{template}" """);
        return new(name);
    }

    public HelpDeskDb NewContext() => ContextOn(DataSource);

    public async Task Execute(string sql, params object[] values)
    {
        await using var command = DataSource.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Empties the log, which is append-only to the desk: as replication may, for this one transaction.</summary>
    public Task ForgetEvents() => Execute("select set_config('session_replication_role', 'replica', true); delete from events");

    public async Task<T?> Ask<T>(string sql, params object[] values)
    {
        await using var command = DataSource.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return await command.ExecuteScalarAsync() is T answer ? answer : default;
    }

    /// <summary>Away for a while: every connection is cut and none is let in until <paramref name="meanwhile"/> is done.</summary>
    public async Task Interrupt(Func<Task> meanwhile)
    {
        OnServer($"""alter database "{Name}" with allow_connections false """, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{Name}'");
        try
        {
            await meanwhile();
        }
        finally
        {
            OnServer($"""alter database "{Name}" with allow_connections true """);
            // The test's own connections were cut as well.
            DataSource.Clear();
        }
    }

    public void Dispose()
    {
        DataSource.Dispose();
        OnServer($"""drop database if exists "{Name}" with (force)""");
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal static void DropTemplate()
    {
        if (Template.IsValueCreated) OnServer($"""drop database if exists "{Template.Value}" with (force)""");
    }

    private static string MakeTemplate()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"helpdesk_test_{Environment.ProcessId}");
        OnServer($"""drop database if exists "{name}" with (force)""", $"""create database "{name}" """);
        using var source = NpgsqlDataSource.Create(ConnectionTo(name));
        using var db = ContextOn(source);
        db.Database.Migrate();
        return name;
    }

    private static HelpDeskDb ContextOn(NpgsqlDataSource source) => new(
        new DbContextOptionsBuilder<HelpDeskDb>()
            .UseNpgsql(source)
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options);

    private static void OnServer(params string[] statements)
    {
        // Not pooled: a connection left open on it would keep the template from being cloned.
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server()) { Pooling = false }.ConnectionString);
        connection.Open();
        foreach (var sql in statements)
        {
            using var command = new NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }
    }

    private static string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder(Server()) { Database = database, IncludeErrorDetail = true }.ConnectionString;

    private static string Server() => Environment.GetEnvironmentVariable("HELPDESK_TEST_DATABASE") is { Length: > 0 } server
        ? server
        : throw new InvalidOperationException("HELPDESK_TEST_DATABASE is not set: run deploy/test, or name a PostgreSQL of yours, e.g. 'Host=127.0.0.1;Username=postgres;Database=postgres'.");
}
