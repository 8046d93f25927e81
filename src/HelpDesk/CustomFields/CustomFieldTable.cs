using HelpDesk.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace HelpDesk.CustomFields;

internal sealed class CustomFieldTable : IEntityTypeConfiguration<CustomField>
{
    public void Configure(EntityTypeBuilder<CustomField> field)
    {
        field.ToTable("custom_fields");
        field.Property(row => row.Id).ValueGeneratedNever();
        field.Property(row => row.RowVersion).IsConcurrencyToken();
        field.Property(row => row.Type).HasConversion<Conventions.EnumConverter<CustomFieldType>>();
        field.Ignore(row => row.Definition);
    }

    public static bool IsDuplicate(DbUpdateException error) =>
        error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "custom_fields_key" };
}
