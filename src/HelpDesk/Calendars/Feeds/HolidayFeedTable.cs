using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Calendars.Feeds;

internal sealed class HolidayFeedTable : IEntityTypeConfiguration<HolidayFeed>
{
    public void Configure(EntityTypeBuilder<HolidayFeed> feed)
    {
        feed.ToTable("holiday_feeds");
        feed.Property(row => row.Id).ValueGeneratedNever();
        feed.Property(row => row.RowVersion).IsConcurrencyToken();
        feed.Ignore(row => row.Definition);
        feed.HasOne<Calendar>().WithMany().HasForeignKey(row => row.CalendarId);
    }
}
