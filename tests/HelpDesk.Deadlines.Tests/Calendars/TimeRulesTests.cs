namespace HelpDesk.Deadlines.Tests.Calendars;

/// <summary>The rules of working time, a test for each sentence. 2026-03-02 is a Monday.</summary>
public class TimeRulesTests
{
    // 1.
    [Test]
    public void Windows_are_half_open_in_local_wall_time()
    {
        var calendar = Sample.Office("Europe/Helsinki");
        Assert.Multiple(() =>
        {
            Assert.That(calendar.IsOpen(Sample.Utc("2026-03-02T06:59:59.9999999")), Is.False);
            Assert.That(calendar.IsOpen(Sample.Utc("2026-03-02T07:00")), Is.True);
            Assert.That(calendar.IsOpen(Sample.Utc("2026-03-02T14:59:59.9999999")), Is.True);
            Assert.That(calendar.IsOpen(Sample.Utc("2026-03-02T15:00")), Is.False);
        });
    }

    [Test]
    public void Twenty_four_hundred_ends_the_day()
    {
        var calendar = Sample.Once("UTC", "2026-03-02", "20:00-24:00");
        Assert.Multiple(() =>
        {
            Assert.That(calendar.IsOpen(Sample.Utc("2026-03-02T23:59:59.9999999")), Is.True);
            Assert.That(calendar.IsOpen(Sample.Utc("2026-03-03T00:00")), Is.False);
        });
    }

    [Test]
    public void A_shift_past_midnight_is_written_as_two_windows_and_counts_as_one_run()
    {
        var calendar = WorkingCalendar.Create(DateTimeZone.Utc, new Dictionary<IsoDayOfWeek, IReadOnlyList<DayWindow>>
        {
            [IsoDayOfWeek.Monday] = Sample.Windows("22:00-24:00"),
            [IsoDayOfWeek.Tuesday] = Sample.Windows("00:00-06:00"),
        });
        Assert.Multiple(() =>
        {
            Assert.That(
                Sample.Text(calendar.OpenSegments(Sample.Utc("2026-03-01T00:00"), Sample.Utc("2026-03-08T00:00"))),
                Is.EqualTo("2026-03-02T22:00/2026-03-03T06:00"));
            Assert.That(calendar.Add(Sample.Utc("2026-03-02T23:00"), Duration.FromHours(3)), Is.EqualTo(Sample.Utc("2026-03-03T02:00")));
            Assert.That(DayWindow.TryParse("22:00", "06:00", out _, out var error), Is.False);
            Assert.That(error, Does.Contain("22:00-24:00").And.Contain("00:00-06:00"));
        });
    }

    [Test]
    public void A_holiday_closes_its_date() =>
        Assert.That(
            Sample.Office(holidays: ["2026-03-03"]).Add(Sample.Utc("2026-03-02T16:00"), Duration.FromHours(2)),
            Is.EqualTo(Sample.Utc("2026-03-04T10:00")));

    [Test]
    public void An_exception_replaces_its_dates_windows() =>
        Assert.That(
            Sample.Text(Sample.Office(exceptions: new() { ["2026-03-03"] = "10:00-11:00 20:00-21:00" })
                .OpenSegments(Sample.Utc("2026-03-03T00:00"), Sample.Utc("2026-03-04T00:00"))),
            Is.EqualTo("2026-03-03T10:00/2026-03-03T11:00 2026-03-03T20:00/2026-03-03T21:00"));

    [Test]
    public void An_exception_beats_a_holiday() =>
        Assert.That(
            Sample.Office(holidays: ["2026-03-03"], yearly: ["03-03"], exceptions: new() { ["2026-03-03"] = "10:00-11:00" })
                .Between(Sample.Utc("2026-03-03T00:00"), Sample.Utc("2026-03-04T00:00")),
            Is.EqualTo(Duration.FromHours(1)));

    [TestCase("2026-12-25")]
    [TestCase("2027-12-25")]
    [TestCase("2199-12-25")]
    public void Holidays_may_recur_yearly(string date)
    {
        var midnight = Sample.Date(date).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
        var day = Duration.FromDays(1);
        var calendar = Sample.Daily("UTC", "00:00-24:00", yearly: ["12-25"]);
        Assert.Multiple(() =>
        {
            Assert.That(calendar.Between(midnight, midnight + day), Is.EqualTo(Duration.Zero));
            Assert.That(calendar.Between(midnight - day, midnight), Is.EqualTo(day));
            Assert.That(calendar.Between(midnight + day, midnight + day + day), Is.EqualTo(day));
        });
    }

    // 2.
    [TestCase("2026-03-29", 23)]
    [TestCase("2026-10-25", 25)]
    [TestCase("2026-10-26", 24)]
    public void Working_time_is_elapsed_time_so_a_whole_day_has_23_or_25_hours_on_a_clock_change(string date, int hours) =>
        Assert.That(
            Sample.Once("Europe/Berlin", date, "00:00-24:00").Between(Sample.Utc("2026-01-01T00:00"), Sample.Utc("2027-01-01T00:00")),
            Is.EqualTo(Duration.FromHours(hours)));

    [TestCase("2026-03-02T07:59", false)]
    [TestCase("2026-03-02T08:00", true)]
    [TestCase("2026-07-06T06:59", false)]
    [TestCase("2026-07-06T07:00", true)]
    public void An_instant_is_open_if_its_local_wall_clock_lies_in_a_window(string instant, bool open) =>
        Assert.That(Sample.Office("Europe/Berlin").IsOpen(Sample.Utc(instant)), Is.EqualTo(open));

    [Test]
    public void A_skipped_local_hour_does_not_exist() =>
        Assert.That(
            Sample.Once("Europe/Berlin", "2026-03-29", "02:00-03:00").Between(Sample.Utc("2026-03-28T00:00"), Sample.Utc("2026-03-31T00:00")),
            Is.EqualTo(Duration.Zero));

    [Test]
    public void A_calendar_whose_only_window_is_skipped_never_opens()
    {
        var calendar = Sample.Once("Europe/Berlin", "2026-03-29", "02:00-03:00");
        var (start, end) = (Sample.Utc("2026-03-28T00:00"), Sample.Utc("2026-03-31T00:00"));
        Assert.Multiple(() =>
        {
            Assert.That(calendar.CanOpen(start), Is.False);
            Assert.That(calendar.Segments(start, end), Is.EqualTo(new[] { new CalendarSegment(start, end, SegmentKind.Closed) }));
        });
    }

    [Test]
    public void A_repeated_local_hour_counts_twice() =>
        Assert.That(
            Sample.Once("Europe/Berlin", "2026-10-25", "02:00-03:00").Between(Sample.Utc("2026-10-24T00:00"), Sample.Utc("2026-10-27T00:00")),
            Is.EqualTo(Duration.FromHours(2)));

    // 3.
    [TestCase("2026-03-02T09:00", "PT8H", "2026-03-02T17:00")]
    [TestCase("2026-03-02T07:00", "PT8H", "2026-03-02T17:00")]
    [TestCase("2026-03-02T09:00", "PT8H0.0000001S", "2026-03-03T09:00:00.0000001")]
    [TestCase("2026-03-06T16:30", "PT1H", "2026-03-09T09:30")]
    [TestCase("2026-03-07T12:00", "PT40H", "2026-03-13T17:00")]
    public void Add_is_the_earliest_instant_and_may_be_a_closing_time(string start, string open, string expected) =>
        Assert.That(Sample.Office().Add(Sample.Utc(start), Sample.Span(open)), Is.EqualTo(Sample.Utc(expected)));

    [TestCase("2026-03-02T12:00")]
    [TestCase("2026-03-02T17:00")]
    [TestCase("2026-03-07T12:00")]
    public void Add_of_nothing_is_the_start_itself_even_while_closed(string start) =>
        Assert.That(Sample.Office().Add(Sample.Utc(start), Duration.Zero), Is.EqualTo(Sample.Utc(start)));

    [TestCase("2026-03-02T17:00", "PT8H", "2026-03-02T09:00")]
    [TestCase("2026-03-03T09:00", "PT8H", "2026-03-02T09:00")]
    [TestCase("2026-03-03T09:00", "PT8H0.0000001S", "2026-02-27T16:59:59.9999999")]
    [TestCase("2026-03-03T10:00", "PT1H", "2026-03-03T09:00")]
    [TestCase("2026-03-08T12:00", "PT1H", "2026-03-06T16:00")]
    [TestCase("2026-03-08T12:00", "PT0S", "2026-03-08T12:00")]
    public void Subtract_is_the_latest_instant_likewise(string end, string open, string expected) =>
        Assert.That(Sample.Office().Subtract(Sample.Utc(end), Sample.Span(open)), Is.EqualTo(Sample.Utc(expected)));

    [TestCase("2026-03-02T09:00", "2026-03-02T17:00", "PT8H")]
    [TestCase("2026-03-02T16:59:59.999999", "2026-03-03T09:00:00.000001", "PT0.000002S")]
    [TestCase("2026-03-06T16:00", "2026-03-09T10:00", "PT2H")]
    [TestCase("2026-03-07T00:00", "2026-03-09T09:00", "PT0S")]
    public void Between_is_the_open_time_from_the_first_instant_up_to_but_without_the_second(string start, string end, string expected) =>
        Assert.That(Sample.Office().Between(Sample.Utc(start), Sample.Utc(end)), Is.EqualTo(Sample.Span(expected)));

    [TestCase("2026-03-02T12:00", "2026-03-02T12:00")]
    [TestCase("2026-03-03T12:00", "2026-03-02T12:00")]
    public void Between_is_zero_when_the_end_is_not_after_the_start(string start, string end) =>
        Assert.That(Sample.Office().Between(Sample.Utc(start), Sample.Utc(end)), Is.EqualTo(Duration.Zero));

    // 4.
    [Test]
    public void A_calendar_that_can_never_be_open_within_ten_years_is_known_when_saved_and_an_error_when_reached()
    {
        var closed = Sample.Weekly("Europe/Berlin", [], "");
        var now = Sample.Utc("2026-03-02T08:00");
        Assert.Multiple(() =>
        {
            Assert.That(closed.CanOpen(now), Is.False);
            var forward = Assert.Throws<NeverOpenException>(() => closed.Add(now, Duration.FromTicks(1)))!;
            Assert.That(forward.Message, Does.Contain("Europe/Berlin").And.Contain("2026-03-02T08:00:00Z").And.Contain("ten years after"));
            Assert.That(forward.Reached, Is.EqualTo(now));
            Assert.That(() => closed.Subtract(now, Duration.FromTicks(1)), Throws.TypeOf<NeverOpenException>().With.Message.Contains("ten years before"));
        });
    }

    // 5.
    [Test]
    public void Precision_is_the_microsecond_and_nothing_is_truncated_to_minutes()
    {
        var calendar = Sample.Office();
        var start = Sample.Utc("2026-03-02T16:59:59.999999");
        Assert.Multiple(() =>
        {
            Assert.That(calendar.Add(start, Sample.Span("PT0.000001S")), Is.EqualTo(Sample.Utc("2026-03-02T17:00")));
            Assert.That(calendar.Add(start, Sample.Span("PT0.000002S")), Is.EqualTo(Sample.Utc("2026-03-03T09:00:00.000001")));
            Assert.That(calendar.Add(Sample.Utc("2026-03-02T10:11:12.345678"), Sample.Span("PT1H1.000001S")), Is.EqualTo(Sample.Utc("2026-03-02T11:11:13.345679")));
        });
    }

    [Test]
    public void Each_of_several_holidays_closes_its_date_and_one_that_is_named_twice_is_still_one()
    {
        var calendar = Sample.Daily("UTC", "00:00-24:00", holidays: ["2026-03-03", "2026-03-05", "2026-03-03"], yearly: ["03-04", "03-06", "12-25", "03-04"]);
        Assert.That(
            Sample.Text(calendar.OpenSegments(Sample.Utc("2026-03-02T00:00"), Sample.Utc("2026-03-08T00:00"))),
            Is.EqualTo("2026-03-02T00:00/2026-03-03T00:00 2026-03-07T00:00/2026-03-08T00:00"));
    }
}
