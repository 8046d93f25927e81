using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Recovery;

/// <summary>What followed a lapse: one per broken promise. Written by the sweep in the lapse's own transaction.</summary>
internal sealed class RecoveryRow
{
    public Guid PromiseId { get; private set; }

    public Guid CommitmentId { get; private set; }

    public long TicketId { get; private set; }

    public Instant At { get; private set; }

    public string? Reason { get; private set; }

    public string? Remedy { get; private set; }

    public Guid? DeliveryId { get; private set; }

    public Guid? NewPromiseId { get; private set; }

    public string? WithoutPromise { get; private set; }
}

/// <summary>How an agent made amends for what was broken on a ticket.</summary>
internal sealed class Remedy
{
    public Guid Id { get; private set; }

    public long TicketId { get; private set; }

    public string Text { get; private set; } = "";

    public string Actor { get; private set; } = "";

    public Instant MadeAt { get; private set; }

    public Guid? DeliveryId { get; private set; }
}

internal sealed class RecoveryTables : IEntityTypeConfiguration<RecoveryRow>, IEntityTypeConfiguration<Remedy>
{
    public void Configure(EntityTypeBuilder<RecoveryRow> recovery)
    {
        recovery.ToTable("recoveries");
        recovery.HasKey(row => row.PromiseId);
    }

    public void Configure(EntityTypeBuilder<Remedy> remedy)
    {
        remedy.ToTable("remedies");
        remedy.Property(row => row.Id).ValueGeneratedNever();
    }
}
