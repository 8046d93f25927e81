using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Organisations;

internal sealed class OrganisationTable : IEntityTypeConfiguration<Organisation>, IEntityTypeConfiguration<OrganisationDomain>
{
    public const string OneDomain = "organisation_domains_pkey";

    public void Configure(EntityTypeBuilder<Organisation> organisation)
    {
        organisation.ToTable("organisations");
        organisation.Property(row => row.Id).ValueGeneratedNever();
        organisation.Property(row => row.RowVersion).IsConcurrencyToken();
        organisation.Ignore(row => row.Definition);
        organisation.HasMany(row => row.Domains).WithOne().HasForeignKey(row => row.OrganisationId);
        organisation.Navigation(row => row.Domains).UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<OrganisationDomain> domain)
    {
        domain.ToTable("organisation_domains");
        domain.HasKey(row => row.Domain);
    }
}
