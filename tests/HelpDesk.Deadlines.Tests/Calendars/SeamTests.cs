namespace HelpDesk.Deadlines.Tests.Calendars;

/// <summary>Open time is kept in blocks of 2^48 ticks; where they meet, and where time itself ends, nothing may be seen of them.</summary>
public class SeamTests
{
    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly Duration Block = Duration.FromTicks(1L << 48);
    private static readonly WorkingCalendar Always = Sample.Daily("UTC", "00:00-24:00");

    // Inside the years whose blocks are kept, at their end, and before and after them.
    private static readonly long[] Seams = [64, -3, 258, 300];

    [TestCaseSource(nameof(Seams))]
    public void Time_that_ends_exactly_where_a_block_does_ends_there(long seam)
    {
        var at = Instant.FromUnixTimeTicks(seam << 48);
        Assert.Multiple(() =>
        {
            Assert.That(Always.Add(at - Hour, Hour), Is.EqualTo(at));
            Assert.That(Always.Subtract(at + Hour, Hour), Is.EqualTo(at));
            Assert.That(Always.Add(at - Hour, Hour + Block), Is.EqualTo(at + Block));
            Assert.That(Always.Subtract(at + Hour, Hour + Block), Is.EqualTo(at - Block));
        });
    }

    [Test]
    public void A_term_may_end_in_the_last_block_of_time_and_begin_in_the_first()
    {
        var (first, last) = (Instant.MinValue, Instant.FromUnixTimeTicks(Instant.MaxValue.ToUnixTimeTicks()));
        var days = Duration.FromDays(400);
        Assert.Multiple(() =>
        {
            Assert.That(Always.Add(last - days, days - Hour), Is.EqualTo(last - Hour));
            Assert.That(Always.Subtract(first + days, days - Hour), Is.EqualTo(first + Hour));
            Assert.That(Always.CanOpen(last - Hour), Is.True);
            Assert.That(Always.OpenSegments(last - Hour, last).Single(), Is.EqualTo(new OpenSegment(last - Hour, last)));
        });
    }

    [Test]
    public void The_first_and_the_last_instant_are_in_reach_around_the_clock()
    {
        var (first, last) = (Instant.MinValue, Instant.FromUnixTimeTicks(Instant.MaxValue.ToUnixTimeTicks()));
        Assert.Multiple(() =>
        {
            Assert.That(WorkingCalendar.AroundTheClock.Add(last - Hour, Hour), Is.EqualTo(last));
            Assert.That(WorkingCalendar.AroundTheClock.Subtract(first + Hour, Hour), Is.EqualTo(first));
        });
    }

    [Test]
    public void The_first_and_the_last_date_may_be_holidays_and_a_date_beyond_them_is_none()
    {
        var calendar = Sample.Daily("UTC", "00:00-24:00", yearly: ["01-01", "12-31"]);
        Assert.Multiple(() =>
        {
            Assert.That(calendar.IsOpen(Instant.MinValue), Is.False);
            Assert.That(calendar.IsOpen(Instant.MaxValue - Hour), Is.False);
            // In Kiritimati that lies on 1 January 10000, at 12:59.
            Assert.That(Sample.Daily("Pacific/Kiritimati", "00:00-24:00", yearly: ["12-25"]).IsOpen(Instant.MaxValue - Hour), Is.True);
        });
    }

    [Test]
    public void A_year_of_the_busiest_calendar_is_counted_in_full()
    {
        // 48 windows of ten minutes, twenty minutes apart.
        var windows = string.Join(' ', Enumerable.Range(0, 48).Select(i => $"{i / 2:00}:{i % 2 * 30:00}-{i / 2:00}:{(i % 2 * 30) + 10}"));
        var calendar = Sample.Daily("UTC", windows);
        var start = Sample.Utc("2026-01-01T00:00");
        Assert.Multiple(() =>
        {
            Assert.That(calendar.Between(start, Sample.Utc("2027-01-01T00:00")), Is.EqualTo(365 * 8 * Hour));
            Assert.That(calendar.Add(start, 100 * 8 * Hour), Is.EqualTo(start + Duration.FromDays(99) + Duration.FromMinutes((23 * 60) + 40)));
        });
    }
}
