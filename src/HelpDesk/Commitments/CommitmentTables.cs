using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Commitments;

internal sealed class CommitmentTables : IEntityTypeConfiguration<CommitmentRow>, IEntityTypeConfiguration<PromiseRow>, IEntityTypeConfiguration<FollowUpRow>
{
    public void Configure(EntityTypeBuilder<CommitmentRow> commitment)
    {
        commitment.ToTable("commitments");
        commitment.Property(row => row.Term).HasColumnType("jsonb");
        commitment.Property(row => row.Pauses).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<PromiseRow> promise) => promise.ToTable("promises");

    public void Configure(EntityTypeBuilder<FollowUpRow> followUp)
    {
        followUp.ToTable("follow_ups");
        followUp.HasKey(row => row.PromiseId);
    }
}
