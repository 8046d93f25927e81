using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HelpDesk.Database.Migrations;

/// <summary>A numbered migration: forward only, its SQL in the file of the same number beside it.</summary>
internal abstract class SqlMigration : Migration
{
    protected sealed override void Up(MigrationBuilder migrationBuilder)
    {
        var id = GetType().GetCustomAttribute<MigrationAttribute>()!.Id;
        using var file = GetType().Assembly.GetManifestResourceStream($"HelpDesk.Database.Migrations.{id}.sql")
            ?? throw new InvalidOperationException($"The SQL of migration {id} is not in the assembly.");
        migrationBuilder.Sql(new StreamReader(file).ReadToEnd());
    }
}
