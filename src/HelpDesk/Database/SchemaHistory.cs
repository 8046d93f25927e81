using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace HelpDesk.Database;

/// <summary>The migrations that a version knows, and those that its database has: read without EF, for which most starts then need not wait.</summary>
/// <param name="version">The assembly of its migrations.</param>
internal sealed class SchemaHistory(NpgsqlDataSource database, Assembly version)
{
    /// <summary>In their order.</summary>
    public IReadOnlyList<string> Known { get; } = [.. version.GetTypes().Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Order(StringComparer.Ordinal)];

    public string Newest => Known[^1];

    /// <summary>None of a database that was never migrated.</summary>
    public async Task<IReadOnlyCollection<string>> Applied(CancellationToken cancel)
    {
        await using var exists = database.CreateCommand("""select to_regclass('"__EFMigrationsHistory"') is not null""");
        return await exists.ExecuteScalarAsync(cancel) is true ? await Noted(cancel) : [];
    }

    /// <exception cref="PostgresException">The database was never migrated.</exception>
    public async Task<FoundSchema> Find(CancellationToken cancel) => FoundSchema.Of(Known, await Noted(cancel));

    private async Task<IReadOnlyCollection<string>> Noted(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""select coalesce(array_agg("MigrationId"::text), '{}') from "__EFMigrationsHistory" """);
        return (string[])(await command.ExecuteScalarAsync(cancel))!;
    }
}
