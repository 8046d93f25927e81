using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Queues;

internal sealed class QueueTable : IEntityTypeConfiguration<Queue>
{
    public const string OneName = "queues_name";

    public void Configure(EntityTypeBuilder<Queue> queue)
    {
        queue.ToTable("queues");
        queue.Property(row => row.Id).ValueGeneratedNever();
        queue.Property(row => row.RowVersion).IsConcurrencyToken();
        queue.Ignore(row => row.Definition);
    }
}
