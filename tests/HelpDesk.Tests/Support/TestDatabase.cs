using HelpDesk.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.Tests.Support;

/// <summary>A migrated database of the test's own, cloned from a template that is made once per run. The server is named by HELPDESK_TEST_DATABASE.</summary>
internal sealed class TestDatabase : IDisposable
{
    private static readonly string Server = Environment.GetEnvironmentVariable("HELPDESK_TEST_DATABASE")
        ?? throw new InvalidOperationException("HELPDESK_TEST_DATABASE is not set: deploy/test brings a PostgreSQL, or name a superuser's connection string to one.");

    private static readonly Lazy<string> Template = new(MakeTemplate);
    private static int count;

    private TestDatabase(string name) => Name = name;

    public string Name { get; }

    public string ConnectionString => To(Name);

    public static TestDatabase Create() => Create(Template.Value);

    /// <summary>As an operator makes it: nothing in it yet.</summary>
    public static TestDatabase Empty() => Create("template0");

    private static TestDatabase Create(string template)
    {
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref count)}";
        Run($"""create database "{name}" template "{template}" """);
        return new(name);
    }

    private static string MakeTemplate()
    {
        var name = $"test_{Environment.ProcessId}_template";
        Run($"""drop database if exists "{name}" with (force)""");
        Run($"""create database "{name}" """);
        using var db = new HelpDeskDb(new DbContextOptionsBuilder<HelpDeskDb>()
            .UseNpgsql(To(name) + ";Pooling=false")
            .ConfigureWarnings(warnings => warnings.Ignore(Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.PendingModelChangesWarning))
            .Options);
        db.Database.Migrate();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Run($"""drop database if exists "{name}" with (force)""");
        return name;
    }

    public async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Away for a while: every connection is cut and none is let in until <paramref name="meanwhile"/> is done.</summary>
    public async Task Interrupt(Func<Task> meanwhile)
    {
        Run($"""alter database "{Name}" with allow_connections false """, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{Name}'");
        try
        {
            await meanwhile();
        }
        finally
        {
            Run($"""alter database "{Name}" with allow_connections true """);
        }
    }

    private static string To(string name) => new NpgsqlConnectionStringBuilder(Server) { Database = name }.ConnectionString;

    private static void Run(params string[] statements)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Pooling = false }.ConnectionString);
        connection.Open();
        foreach (var sql in statements)
        {
            using var command = new NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }
    }

    public void Dispose() => Run($"""drop database if exists "{Name}" with (force)""");
}
