using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Policies;

internal sealed class PolicyTable : IEntityTypeConfiguration<Policy>, IEntityTypeConfiguration<PolicyVersion>
{
    public void Configure(EntityTypeBuilder<Policy> policy)
    {
        policy.ToTable("policies");
        policy.Property(row => row.RowVersion).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<PolicyVersion> version)
    {
        version.ToTable("policy_versions");
        version.HasKey(row => new { row.PolicyId, row.Version });
        version.Property(row => row.Definition).HasColumnType("jsonb");
        version.HasOne<Policy>().WithMany().HasForeignKey(row => row.PolicyId);
    }
}
