using HelpDesk.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Delivery;

internal sealed class DeliveryAttemptTable : IEntityTypeConfiguration<DeliveryAttempt>
{
    public void Configure(EntityTypeBuilder<DeliveryAttempt> attempt)
    {
        attempt.ToTable("delivery_attempts");
        attempt.HasKey(row => new { row.DeliveryId, row.Number });
        attempt.Property(row => row.Number).ValueGeneratedNever();
        attempt.Property(row => row.Outcome).HasConversion<Conventions.EnumConverter<AttemptOutcome>>();
    }
}
