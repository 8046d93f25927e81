using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Events;

internal sealed class EventTable : IEntityTypeConfiguration<Event>
{
    public void Configure(EntityTypeBuilder<Event> events)
    {
        events.ToTable("events");
        events.HasKey(row => row.Sequence);
        // First the transaction's number, then the sequence: the feed relies on it.
        events.Property(row => row.Sequence).HasDefaultValueSql("case when pg_current_xact_id() is not null then nextval('events_sequence_seq') end");
        events.Property(row => row.Transaction).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()").ValueGeneratedOnAdd();
        events.Property(row => row.Data).HasColumnType("jsonb");
    }
}
