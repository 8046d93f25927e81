using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Advisories;

internal sealed class AdvisoryTable : IEntityTypeConfiguration<Advisory>
{
    public void Configure(EntityTypeBuilder<Advisory> advisory)
    {
        advisory.ToTable("advisories");
        advisory.Property(row => row.Id).ValueGeneratedNever();
        advisory.Property(row => row.Sequence).ValueGeneratedOnAdd();
        advisory.Property(row => row.RowVersion).IsConcurrencyToken();
        advisory.Property(row => row.Texts).HasColumnType("jsonb");
        advisory.Property(row => row.When).HasColumnType("jsonb");
        advisory.Ignore(row => row.Definition);
    }
}
