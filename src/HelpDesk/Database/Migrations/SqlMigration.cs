using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HelpDesk.Database.Migrations;

/// <summary>
/// A numbered migration: forward only, its SQL in the file of the same number beside it. It is one transaction, but for a file that begins with <see cref="Alone"/>: its statements,
/// which end with a line each, run one by one, and from the first again after one that failed.
/// </summary>
internal abstract class SqlMigration : Migration
{
    /// <summary>For an index that is built beside its writers (<c>concurrently</c>).</summary>
    public const string Alone = "-- Outside a transaction.";

    /// <summary>Who waits for a table has everybody wait behind it. So it gives up soon, and begins again (<see cref="SchemaVersion"/>).</summary>
    private const string Patience = "set local lock_timeout = '2s';\n";

    protected sealed override void Up(MigrationBuilder migrationBuilder)
    {
        var id = GetType().GetCustomAttribute<MigrationAttribute>()!.Id;
        using var file = GetType().Assembly.GetManifestResourceStream($"HelpDesk.Database.Migrations.{id}.sql")
            ?? throw new InvalidOperationException($"The SQL of migration {id} is not in the assembly.");
        var sql = new StreamReader(file).ReadToEnd();
        if (!sql.StartsWith(Alone, StringComparison.Ordinal))
        {
            migrationBuilder.Sql(Patience + sql);
            return;
        }

        foreach (var statement in sql.ReplaceLineEndings("\n").Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) migrationBuilder.Sql(statement, suppressTransaction: true);
    }
}
