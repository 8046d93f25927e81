using HelpDesk.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace HelpDesk.Customers;

internal sealed class CustomerTable : IEntityTypeConfiguration<Customer>
{
    private const string OneEmail = "customers_email";

    public void Configure(EntityTypeBuilder<Customer> customer)
    {
        customer.ToTable("customers");
        customer.Property(row => row.Id).ValueGeneratedNever();
        customer.Property(row => row.RowVersion).IsConcurrencyToken();
        customer.Property(row => row.PreferredChannel).HasConversion<Conventions.EnumConverter<PreferredChannel>>();
        customer.Ignore(row => row.Definition);
    }

    /// <summary>Whether the database refused a second customer with an address, which two requests at once may both have found free.</summary>
    public static bool IsDuplicate(DbUpdateException error) =>
        error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: OneEmail };
}
