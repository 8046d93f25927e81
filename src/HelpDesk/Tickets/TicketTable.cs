using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Tickets;

internal sealed class TicketTable : IEntityTypeConfiguration<TicketRow>, IEntityTypeConfiguration<Message>, IEntityTypeConfiguration<TicketMark>
{
    public void Configure(EntityTypeBuilder<TicketRow> ticket)
    {
        ticket.ToTable("tickets");
        ticket.Property(row => row.Id).ValueGeneratedNever();
        ticket.Property(row => row.CustomFields).HasColumnType("jsonb");
        ticket.Property(row => row.Clock).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<Message> message) => message.ToTable("messages");

    public void Configure(EntityTypeBuilder<TicketMark> mark)
    {
        mark.ToTable("ticket_marks");
        mark.HasKey(row => new { row.Mark, row.CreatedAt, row.TicketId });
    }
}
