using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Calendars;

internal sealed class CalendarTable : IEntityTypeConfiguration<Calendar>, IEntityTypeConfiguration<CalendarVersion>
{
    public void Configure(EntityTypeBuilder<Calendar> calendar)
    {
        calendar.ToTable("calendars");
        calendar.Property(row => row.RowVersion).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<CalendarVersion> version)
    {
        version.ToTable("calendar_versions");
        version.HasKey(row => new { row.CalendarId, row.Version });
        version.Property(row => row.Definition).HasColumnType("jsonb");
        version.HasOne<Calendar>().WithMany().HasForeignKey(row => row.CalendarId);
    }
}
