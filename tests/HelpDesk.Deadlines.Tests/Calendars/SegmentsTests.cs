namespace HelpDesk.Deadlines.Tests.Calendars;

public class SegmentsTests
{
    private static readonly Instant Monday = Sample.Utc("2026-03-02T00:00");

    [Test]
    public void Days_around_the_clock_are_one_run_until_a_holiday_interrupts_them() =>
        Assert.That(
            Sample.Text(Sample.Daily("UTC", "00:00-24:00", holidays: ["2026-03-04"]).OpenSegments(Monday, Monday + Duration.FromDays(7))),
            Is.EqualTo("2026-03-02T00:00/2026-03-04T00:00 2026-03-05T00:00/2026-03-09T00:00"));

    [Test]
    public void Every_stretch_is_named_and_neighbours_differ()
    {
        var calendar = Sample.Office(holidays: ["2026-03-03"], exceptions: new() { ["2026-03-04"] = "", ["2026-03-05"] = "10:00-11:00" });
        var text = calendar.Segments(Sample.Utc("2026-03-02T10:00"), Sample.Utc("2026-03-05T12:00"))
            .Select(run => $"{Sample.Text(run.From)} {run.Kind}");
        Assert.That(text, Is.EqualTo(new[]
        {
            "2026-03-02T10:00 Working", "2026-03-02T17:00 Closed", "2026-03-03T00:00 Holiday", "2026-03-04T00:00 Closed",
            "2026-03-05T10:00 Working", "2026-03-05T11:00 Closed",
        }));
    }

    [Test]
    public void A_date_that_an_exception_closes_is_closed_and_no_holiday_even_when_it_is_one() =>
        Assert.That(
            Sample.Office(holidays: ["2026-03-03"], exceptions: new() { ["2026-03-03"] = "" })
                .Segments(Monday + Duration.FromDays(1), Monday + Duration.FromDays(2)).Single().Kind,
            Is.EqualTo(SegmentKind.Closed));

    [Test]
    public void A_run_over_the_seam_of_two_blocks_is_one_run()
    {
        // Blocks of 2^48 ticks: the 64th begins in 2027, at no round time.
        var seam = Instant.FromUnixTimeTicks(64L << 48);
        var calendar = Sample.Daily("UTC", "00:00-24:00", yearly: ["01-01"]);
        var (start, end) = (seam - Duration.FromDays(1), seam + Duration.FromDays(1));
        Assert.That(calendar.OpenSegments(start, end).Single(), Is.EqualTo(new OpenSegment(start, end)));
    }

    [Test]
    public void Nothing_lies_between_an_instant_and_itself_or_an_earlier_one()
    {
        Assert.Multiple(() =>
        {
            foreach (var calendar in new[] { Sample.Office(), WorkingCalendar.AroundTheClock })
            {
                Assert.That(calendar.Segments(Monday, Monday), Is.Empty);
                Assert.That(calendar.OpenSegments(Monday, Monday - Duration.Epsilon), Is.Empty);
            }
        });
    }

    [Test]
    public void Around_the_clock_everything_is_working()
    {
        var clock = WorkingCalendar.AroundTheClock;
        var end = Monday + Duration.FromDays(3);
        Assert.Multiple(() =>
        {
            Assert.That(clock.Segments(Monday, end), Is.EqualTo(new[] { new CalendarSegment(Monday, end, SegmentKind.Working) }));
            Assert.That(clock.OpenSegments(Monday, end), Is.EqualTo(new[] { new OpenSegment(Monday, end) }));
            Assert.That(clock.Add(Monday, Duration.FromDays(3)), Is.EqualTo(end));
            Assert.That(clock.Subtract(end, Duration.FromDays(3)), Is.EqualTo(Monday));
            Assert.That(clock.Between(Monday, end), Is.EqualTo(Duration.FromDays(3)));
            Assert.That(clock.Between(end, Monday), Is.EqualTo(Duration.Zero));
            Assert.That(clock.IsOpen(Monday) && clock.CanOpen(Monday), Is.True);
            Assert.That(clock.Zone, Is.EqualTo(DateTimeZone.Utc));
        });
    }
}
