namespace HelpDesk.Deadlines.Tests.Calendars;

/// <summary>Long gaps, long terms, and the edges of what an instant can be.</summary>
public class ReachTests
{
    private static readonly Instant Start = Sample.Utc("2026-03-02T00:00");
    private static readonly Duration Hour = Duration.FromHours(1);

    [TestCase("2036-03-01", true)]
    [TestCase("2036-03-02", true)]
    [TestCase("2036-03-03", false)]
    [TestCase("2060-01-01", false)]
    public void Open_time_within_ten_years_is_reached_and_later_is_not(string date, bool reached)
    {
        // The ten years from 2026-03-02 00:30 end on 2036-03-02 at 00:30, half an hour into that date's window.
        var calendar = Sample.Once("UTC", date, "00:00-02:00");
        var start = Start + Duration.FromMinutes(30);
        Assert.That(calendar.CanOpen(start), Is.EqualTo(reached));
        if (reached)
        {
            Assert.That(calendar.Add(start, Hour), Is.EqualTo(Sample.Utc(date + "T01:00")));
        }
        else
        {
            Assert.That(() => calendar.Add(start, Hour), Throws.TypeOf<NeverOpenException>());
        }
    }

    [TestCase("2016-03-02", true)]
    [TestCase("2016-02-28", false)]
    public void Backward_likewise(string date, bool reached)
    {
        var calendar = Sample.Once("UTC", date, "00:00-02:00");
        if (reached)
        {
            Assert.That(calendar.Subtract(Start, Hour), Is.EqualTo(Sample.Utc(date + "T01:00")));
        }
        else
        {
            Assert.That(() => calendar.Subtract(Start, Hour), Throws.TypeOf<NeverOpenException>().With.Message.Contains("before 2026-03-02T00:00:00Z"));
        }
    }

    [Test]
    public void What_opens_when_the_ten_years_end_or_closed_when_they_began_is_not_within_them()
    {
        var (ahead, back) = (Sample.Once("UTC", "2036-03-02", "00:00-02:00"), Sample.Once("UTC", "2016-02-29", "22:00-24:00"));
        Assert.Multiple(() =>
        {
            Assert.That(ahead.CanOpen(Start), Is.False);
            Assert.That(() => ahead.Add(Start, Hour), Throws.TypeOf<NeverOpenException>());
            Assert.That(ahead.CanOpen(Start + Duration.FromTicks(1)), Is.True);
            Assert.That(ahead.Add(Start + Duration.FromTicks(1), Hour), Is.EqualTo(Sample.Utc("2036-03-02T01:00")));
            Assert.That(() => back.Subtract(Start, Hour), Throws.TypeOf<NeverOpenException>());
            Assert.That(back.Subtract(Start - Duration.FromTicks(1), Hour), Is.EqualTo(Sample.Utc("2016-02-29T23:00")));
        });
    }

    [Test]
    public void Counting_that_runs_dry_says_where()
    {
        var calendar = Sample.Once("UTC", "2026-03-02", "09:00-10:00");
        Assert.Multiple(() =>
        {
            Assert.That(calendar.Add(Start, Hour), Is.EqualTo(Sample.Utc("2026-03-02T10:00")));
            Assert.That(
                () => calendar.Add(Start, Hour + Duration.FromTicks(1)),
                Throws.TypeOf<NeverOpenException>().With.Property("Reached").EqualTo(Sample.Utc("2026-03-02T10:00")));
            Assert.That(
                () => calendar.Subtract(Start + Duration.FromDays(9), Hour + Duration.FromTicks(1)),
                Throws.TypeOf<NeverOpenException>().With.Property("Reached").EqualTo(Sample.Utc("2026-03-02T09:00")));
        });
    }

    [Test]
    public void Gaps_of_nine_years_are_crossed_one_after_the_other()
    {
        var calendar = Sample.Weekly("UTC", [], "", exceptions: new()
        {
            ["2026-03-02"] = "09:00-10:00", ["2035-03-02"] = "09:00-10:00", ["2044-03-02"] = "09:00-10:00", ["2054-04-02"] = "09:00-10:00",
        });
        Assert.Multiple(() =>
        {
            Assert.That(calendar.Add(Start, Duration.FromMinutes(150)), Is.EqualTo(Sample.Utc("2044-03-02T09:30")));
            Assert.That(calendar.Subtract(Sample.Utc("2044-03-03T00:00"), Duration.FromMinutes(150)), Is.EqualTo(Sample.Utc("2026-03-02T09:30")));
            Assert.That(
                () => calendar.Add(Start, Duration.FromMinutes(181)),
                Throws.TypeOf<NeverOpenException>().With.Property("Reached").EqualTo(Sample.Utc("2044-03-02T10:00")));
        });
    }

    [Test]
    public void A_century_without_open_time_is_no_error_to_between() =>
        Assert.That(Sample.Once("UTC", "1990-01-01", "00:00-24:00").Between(Start, Start + Duration.FromDays(36_525)), Is.EqualTo(Duration.Zero));

    [Test]
    public void A_term_may_cross_many_years()
    {
        // 2026-01-05 is a Monday; 52 weeks of 40 hours, ten times over, are 3,640 days.
        var monday = Sample.Utc("2026-01-05T09:00");
        Assert.Multiple(() =>
        {
            Assert.That(Sample.Office().Add(monday, Duration.FromHours(520 * 40)), Is.EqualTo(monday + Duration.FromDays(3640 - 3) + Duration.FromHours(8)));
            Assert.That(Sample.Office().Subtract(monday + Duration.FromDays(3640), Duration.FromHours(520 * 40)), Is.EqualTo(monday));
        });
    }

    [Test]
    public void The_turn_of_a_year_is_no_seam() =>
        Assert.That(
            Sample.Office("Europe/Berlin", yearly: ["01-01"]).Add(Sample.Utc("2026-12-31T15:00"), Duration.FromHours(2)),
            Is.EqualTo(Sample.Utc("2027-01-04T09:00")));

    [Test]
    public void A_hundred_years_are_in_reach_and_a_tick_more_is_not()
    {
        var century = Duration.FromDays(36_525);
        Assert.Multiple(() =>
        {
            foreach (var calendar in new[] { WorkingCalendar.AroundTheClock, Sample.Daily("Europe/Berlin", "00:00-24:00") })
            {
                Assert.That(calendar.Add(Start, century), Is.EqualTo(Start + century));
                Assert.That(calendar.Subtract(Start, century), Is.EqualTo(Start - century));
                Assert.That(calendar.Between(Start, Start + century), Is.EqualTo(century));
                Assert.That(() => calendar.Add(Start, century + Duration.FromTicks(1)), Throws.TypeOf<DeadlineOutOfReachException>());
                Assert.That(() => calendar.Subtract(Start, century + Duration.FromTicks(1)), Throws.TypeOf<DeadlineOutOfReachException>());
                Assert.That(() => calendar.Between(Start, Start + century + Duration.FromTicks(1)), Throws.TypeOf<DeadlineOutOfReachException>());
                Assert.That(() => calendar.Segments(Instant.MinValue, Instant.MaxValue), Throws.TypeOf<DeadlineOutOfReachException>());
                Assert.That(() => calendar.OpenSegments(Instant.MinValue, Instant.MaxValue), Throws.TypeOf<DeadlineOutOfReachException>());
            }
        });
    }

    [Test]
    public void A_thousand_years_are_refused_in_words() =>
        Assert.That(
            () => Sample.Office().Add(Start, Duration.FromDays(365_000)),
            Throws.TypeOf<DeadlineOutOfReachException>().With.Message.Contains("8760000 hours of open time after 2026-03-02T00:00:00Z is out of reach"));

    [Test]
    public void A_short_week_puts_a_long_term_out_of_reach()
    {
        var calendar = Sample.Weekly("Europe/Berlin", [IsoDayOfWeek.Monday], "09:00-09:01");
        Assert.Multiple(() =>
        {
            Assert.That(() => calendar.Add(Start, Duration.FromDays(30)), Throws.TypeOf<DeadlineOutOfReachException>().With.Message.Contains("720 hours of open time after 2026"));
            Assert.That(() => calendar.Subtract(Start, Duration.FromDays(30)), Throws.TypeOf<DeadlineOutOfReachException>().With.Message.Contains("720 hours of open time before 2026"));
        });
    }

    [Test]
    public void What_is_out_of_reach_is_refused_with_the_question_and_the_reason()
    {
        var (clock, tooLong) = (WorkingCalendar.AroundTheClock, Duration.FromDays(36_526));
        const string reason = "is out of reach: more than 100 years away, or outside the years -9998 to 9999.";
        Assert.Multiple(() =>
        {
            Assert.That(() => clock.Add(Start, tooLong), Throws.TypeOf<DeadlineOutOfReachException>().With.Message.Contains("open time after 2026-03-02T00:00:00Z " + reason));
            Assert.That(() => clock.Subtract(Start, tooLong), Throws.TypeOf<DeadlineOutOfReachException>().With.Message.Contains("open time before 2026-03-02T00:00:00Z " + reason));
            Assert.That(() => clock.Add(Instant.MaxValue, Hour), Throws.TypeOf<DeadlineOutOfReachException>().With.Message.Contains("1 hours of open time after 9999"));
            Assert.That(() => clock.Subtract(Instant.MinValue, Hour), Throws.TypeOf<DeadlineOutOfReachException>().With.Message.Contains("1 hours of open time before -9998"));
            Assert.That(() => Sample.Office().Add(Instant.MaxValue, Hour), Throws.TypeOf<DeadlineOutOfReachException>().With.Message.Contains("open time after 9999"));
            Assert.That(() => Sample.Office().Subtract(Instant.MinValue, Hour), Throws.TypeOf<DeadlineOutOfReachException>().With.Message.Contains("open time before -9998"));
            Assert.That(
                () => clock.Between(Start, Start + tooLong),
                Throws.TypeOf<DeadlineOutOfReachException>().With.Message.EqualTo("The time from 2026-03-02T00:00:00Z to 2126-03-04T00:00:00Z is out of reach: it is longer than 100 years."));
            Assert.That(
                () => Sample.Weekly("UTC", [], "").Add(Start, Hour),
                Throws.TypeOf<NeverOpenException>().With.Message.Contains("A calendar must open at least once in ten years"));
        });
    }

    [Test]
    public void A_deadline_a_few_days_beyond_a_hundred_years_is_out_of_reach()
    {
        var calendar = Sample.Weekly("Europe/Berlin", [IsoDayOfWeek.Monday], "09:00-09:01");
        var century = Duration.FromDays(36_525);
        var (ahead, back) = (calendar.Between(Start, Start + century), calendar.Between(Start - century, Start));
        Assert.Multiple(() =>
        {
            Assert.That(calendar.Add(Start, ahead), Is.GreaterThan(Start + century - Duration.FromDays(7)).And.LessThanOrEqualTo(Start + century));
            Assert.That(() => calendar.Add(Start, ahead + Duration.FromTicks(1)), Throws.TypeOf<DeadlineOutOfReachException>().With.Message.Contains("open time after 2026"));
            Assert.That(calendar.Subtract(Start, back), Is.LessThan(Start - century + Duration.FromDays(7)).And.GreaterThanOrEqualTo(Start - century));
            Assert.That(() => calendar.Subtract(Start, back + Duration.FromTicks(1)), Throws.TypeOf<DeadlineOutOfReachException>().With.Message.Contains("open time before 2026"));
        });
    }

    [Test]
    public void Negative_durations_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Sample.Office().Add(Start, -Duration.Epsilon), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => WorkingCalendar.AroundTheClock.Subtract(Start, -Hour), Throws.TypeOf<ArgumentOutOfRangeException>());
        });
    }

    [Test]
    public void What_is_finer_than_a_tick_is_dropped_and_never_moves_an_answer_before_its_start()
    {
        var start = Sample.Utc("2026-03-02T10:00") + Duration.FromNanoseconds(50);
        Assert.Multiple(() =>
        {
            Assert.That(Sample.Office().Add(start, Duration.FromNanoseconds(99)), Is.EqualTo(start));
            Assert.That(Sample.Office().Add(start, Duration.FromNanoseconds(199)), Is.EqualTo(Sample.Utc("2026-03-02T10:00:00.0000001")));
        });
    }

    [TestCase("UTC")]
    [TestCase("Pacific/Kiritimati")]
    [TestCase("America/New_York")]
    [TestCase("Australia/Lord_Howe")]
    public void At_the_edges_of_time_an_answer_is_right_or_refused_but_never_overflows(string zone)
    {
        var calendar = Sample.Daily(zone, "09:00-17:00", holidays: ["9999-12-25", "-9998-01-02"], yearly: ["02-29"]);
        var (first, last) = (Instant.MinValue, Instant.MaxValue);
        Assert.Multiple(() =>
        {
            Assert.That(() => calendar.Add(last, Hour), Throws.TypeOf<DeadlineOutOfReachException>());
            Assert.That(() => calendar.Subtract(first, Hour), Throws.TypeOf<DeadlineOutOfReachException>());
            Assert.That(() => WorkingCalendar.AroundTheClock.Add(last, Hour), Throws.TypeOf<DeadlineOutOfReachException>());
            Assert.That(() => WorkingCalendar.AroundTheClock.Subtract(first, Hour), Throws.TypeOf<DeadlineOutOfReachException>());
            Assert.That(() => calendar.CanOpen(last), Throws.Nothing);
            Assert.That(() => calendar.IsOpen(first) || calendar.IsOpen(last), Throws.Nothing);
            Assert.That(calendar.CanOpen(first), Is.True);
            Assert.That(calendar.Between(calendar.Subtract(last, Hour), last), Is.EqualTo(Hour));
            Assert.That(calendar.Between(first, calendar.Add(first, Hour)), Is.EqualTo(Hour));
            Assert.That(calendar.Between(last - Duration.FromDays(30), last), Is.GreaterThan(28 * 8 * Hour).And.LessThanOrEqualTo(30 * 8 * Hour));
            Assert.That(calendar.Segments(last - Duration.FromDays(30), last).Last().To, Is.EqualTo(Instant.FromUnixTimeTicks(last.ToUnixTimeTicks())));
            Assert.That(calendar.Segments(first, first + Duration.FromDays(30)).First().From, Is.EqualTo(first));
        });
    }

    [TestCase("0001-01-01T09:00", "0001-01-01T17:00")]
    [TestCase("9999-12-30T09:00", "9999-12-30T17:00")]
    [TestCase("-0044-03-15T09:00", "-0044-03-15T17:00")]
    [TestCase("1969-12-31T09:00", "1969-12-31T17:00")]
    [TestCase("2201-01-01T09:00", "2201-01-01T17:00")]
    [TestCase("2201-06-01T09:00", "2201-06-01T17:00")]
    public void Any_year_counts_alike(string start, string end)
    {
        var calendar = Sample.Daily("UTC", "09:00-17:00");
        Assert.Multiple(() =>
        {
            Assert.That(calendar.Add(Sample.Utc(start), Duration.FromHours(8)), Is.EqualTo(Sample.Utc(end)));
            Assert.That(calendar.Subtract(Sample.Utc(end), Duration.FromHours(8)), Is.EqualTo(Sample.Utc(start)));
            Assert.That(calendar.IsOpen(Sample.Utc(start)) && !calendar.IsOpen(Sample.Utc(end)), Is.True);
        });
    }
}
