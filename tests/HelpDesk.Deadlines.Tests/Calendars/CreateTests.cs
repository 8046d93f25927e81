namespace HelpDesk.Deadlines.Tests.Calendars;

public class CreateTests
{
    [Test]
    public void Overlapping_windows_are_refused_by_name() =>
        Assert.That(
            () => Sample.Office(windows: "09:00-12:00 11:59-17:00"),
            Throws.ArgumentException.With.Message.Contains("Monday: the windows 09:00-12:00 and 11:59-17:00 overlap"));

    [Test]
    public void Overlapping_windows_of_an_exception_are_refused_by_its_date() =>
        Assert.That(
            () => Sample.Office(exceptions: new() { ["2026-12-24"] = "09:00-12:00 08:00-09:30" }),
            Throws.ArgumentException.With.Message.Contains("2026-12-24: the windows 08:00-09:30 and 09:00-12:00 overlap"));

    [Test]
    public void The_empty_default_window_is_refused() =>
        Assert.That(
            () => WorkingCalendar.Create(DateTimeZone.Utc, new Dictionary<IsoDayOfWeek, IReadOnlyList<DayWindow>> { [IsoDayOfWeek.Friday] = [default] }),
            Throws.ArgumentException.With.Message.Contains("Friday: the window 00:00-00:00 is empty"));

    [Test]
    public void A_weekday_that_is_none_is_refused() =>
        Assert.That(
            () => WorkingCalendar.Create(DateTimeZone.Utc, new Dictionary<IsoDayOfWeek, IReadOnlyList<DayWindow>> { [IsoDayOfWeek.None] = [] }),
            Throws.ArgumentException.With.Message.Contains("None is not a day of the week"));

    [Test]
    public void More_than_48_windows_a_date_are_refused()
    {
        static string Halves(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => $"{i / 3:00}:{i % 3 * 20:00}-{i / 3:00}:{(i % 3 * 20) + 10}"));
        Assert.Multiple(() =>
        {
            Assert.That(() => Sample.Office(windows: Halves(49)), Throws.ArgumentException.With.Message.Contains("Monday has 49 windows"));
            Assert.That(Sample.Office(windows: Halves(48)).Between(Sample.Utc("2026-03-02T00:00"), Sample.Utc("2026-03-03T00:00")), Is.EqualTo(Duration.FromHours(8)));
        });
    }

    [Test]
    public void Adjacent_windows_are_allowed_and_are_one_run() =>
        Assert.That(
            Sample.Text(Sample.Office(windows: "12:00-16:00 08:00-12:00").OpenSegments(Sample.Utc("2026-03-02T00:00"), Sample.Utc("2026-03-03T00:00"))),
            Is.EqualTo("2026-03-02T08:00/2026-03-02T16:00"));

    [Test]
    public void A_calendar_does_not_change_with_what_it_was_made_of()
    {
        var windows = new List<DayWindow>(Sample.Windows("09:00-17:00"));
        var week = new Dictionary<IsoDayOfWeek, IReadOnlyList<DayWindow>> { [IsoDayOfWeek.Monday] = windows };
        var calendar = WorkingCalendar.Create(DateTimeZone.Utc, week);
        windows.Clear();
        week.Clear();
        Assert.That(calendar.Between(Sample.Utc("2026-03-02T00:00"), Sample.Utc("2026-03-03T00:00")), Is.EqualTo(Duration.FromHours(8)));
    }

    [TestCase("2028-02-29", "2028-02-28", true)]
    [TestCase("2027-03-01", "2027-02-28", false)]
    public void A_yearly_29th_of_February_is_a_holiday_in_leap_years_only(string date, string eve, bool closed)
    {
        var calendar = Sample.Daily("UTC", "09:00-17:00", yearly: ["02-29"]);
        Assert.Multiple(() =>
        {
            Assert.That(calendar.IsOpen(Sample.Utc(date + "T12:00")), Is.Not.EqualTo(closed));
            Assert.That(calendar.IsOpen(Sample.Utc(eve + "T12:00")), Is.True);
        });
    }

    [Test]
    public void A_calendar_says_zone_and_hours() =>
        Assert.That(
            Sample.Weekly("Asia/Kathmandu", [IsoDayOfWeek.Sunday], "08:00-12:00 20:00-24:00", holidays: ["2026-01-01"]).ToString(),
            Is.EqualTo("Asia/Kathmandu (Sunday 08:00-12:00,20:00-24:00, holidays and exceptions apart)"));

    [Test]
    public void It_says_that_it_has_no_weekly_hours_and_whether_dates_differ()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Sample.Weekly("UTC", [IsoDayOfWeek.Monday], "").ToString(), Is.EqualTo("UTC (no weekly hours)"));
            Assert.That(Sample.Weekly("UTC", [IsoDayOfWeek.Monday, IsoDayOfWeek.Friday], "12:00-16:00 08:00-12:00").ToString(),
                Is.EqualTo("UTC (Monday 08:00-16:00; Friday 08:00-16:00)"));
            Assert.That(Sample.Once("UTC", "2026-03-02", "09:00-17:00").ToString(), Is.EqualTo("UTC (no weekly hours, holidays and exceptions apart)"));
            Assert.That(Sample.Weekly("UTC", [], "", yearly: ["12-25"]).ToString(), Is.EqualTo("UTC (no weekly hours, holidays and exceptions apart)"));
            Assert.That(WorkingCalendar.AroundTheClock.ToString(), Is.EqualTo("UTC (around the clock)"));
        });
    }
}
