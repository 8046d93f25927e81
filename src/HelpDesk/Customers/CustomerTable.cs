using HelpDesk.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Customers;

internal sealed class CustomerTable : IEntityTypeConfiguration<Customer>, IEntityTypeConfiguration<CustomerAddress>, IEntityTypeConfiguration<CustomerMerge>
{
    /// <summary>Two requests at once may both have found an address free.</summary>
    public const string OneAddress = "customer_addresses_pkey";

    public const string KnownOrganisation = "customers_organisation_id_fkey";

    public void Configure(EntityTypeBuilder<Customer> customer)
    {
        customer.ToTable("customers");
        customer.Property(row => row.Id).ValueGeneratedNever();
        customer.Property(row => row.RowVersion).IsConcurrencyToken();
        customer.Property(row => row.PreferredChannel).HasConversion<Conventions.EnumConverter<PreferredChannel>>();
        customer.Ignore(row => row.Definition);
        customer.Ignore(row => row.EffectiveTier);
        customer.HasOne(row => row.Organisation).WithMany().HasForeignKey(row => row.OrganisationId);
        customer.HasMany(row => row.Addresses).WithOne().HasForeignKey(row => row.CustomerId);
        customer.Navigation(row => row.Addresses).UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<CustomerAddress> address)
    {
        address.ToTable("customer_addresses");
        address.HasKey(row => row.Email);
    }

    public void Configure(EntityTypeBuilder<CustomerMerge> merge) => merge.ToTable("customer_merges");
}
