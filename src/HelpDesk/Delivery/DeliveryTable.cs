using HelpDesk.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Delivery;

internal sealed class DeliveryTable : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("deliveries");
        delivery.HasKey(row => row.Id);
        delivery.Property(row => row.Id).ValueGeneratedNever();
        delivery.Property(row => row.Sequence).UseIdentityAlwaysColumn();
        delivery.Property(row => row.Kind).HasConversion<Conventions.EnumConverter<MessageKind>>();
        delivery.Property(row => row.Channel).HasConversion<Conventions.EnumConverter<DeliveryChannel>>();
        delivery.Property(row => row.Data).HasColumnType("jsonb");
        delivery.Property(row => row.State).HasConversion<Conventions.EnumConverter<DeliveryState>>();
    }
}
