namespace HelpDesk.Deadlines.Tests.Calendars;

/// <summary>Real clock changes. Every expected instant was worked out by hand from the zone's published change, not by the code.</summary>
public class ClockChangeTests
{
    // Berlin: 2026-03-29 02:00+1 -> 03:00+2 and 2026-10-25 03:00+2 -> 02:00+1, both at 01:00Z.
    [TestCase("Europe/Berlin", "2026-03-29", "00:00-24:00", "2026-03-28T23:00/2026-03-29T22:00", 23.0)]
    [TestCase("Europe/Berlin", "2026-03-29", "01:30-03:30", "2026-03-29T00:30/2026-03-29T01:30", 1.0)]
    [TestCase("Europe/Berlin", "2026-03-29", "02:15-02:45", "", 0.0)]
    [TestCase("Europe/Berlin", "2026-03-29", "02:30-03:15", "2026-03-29T01:00/2026-03-29T01:15", 0.25)]
    [TestCase("Europe/Berlin", "2026-10-25", "00:00-24:00", "2026-10-24T22:00/2026-10-25T23:00", 25.0)]
    [TestCase("Europe/Berlin", "2026-10-25", "02:00-03:00", "2026-10-25T00:00/2026-10-25T02:00", 2.0)]
    [TestCase("Europe/Berlin", "2026-10-25", "02:15-02:45", "2026-10-25T00:15/2026-10-25T00:45 2026-10-25T01:15/2026-10-25T01:45", 1.0)]
    [TestCase("Europe/Berlin", "2026-10-25", "01:00-02:30", "2026-10-24T23:00/2026-10-25T00:30 2026-10-25T01:00/2026-10-25T01:30", 2.0)]
    // New York: 2026-03-08 02:00-5 -> 03:00-4 at 07:00Z; 2026-11-01 02:00-4 -> 01:00-5 at 06:00Z.
    [TestCase("America/New_York", "2026-03-08", "00:00-24:00", "2026-03-08T05:00/2026-03-09T04:00", 23.0)]
    [TestCase("America/New_York", "2026-03-08", "02:30-04:30", "2026-03-08T07:00/2026-03-08T08:30", 1.5)]
    [TestCase("America/New_York", "2026-11-01", "00:00-24:00", "2026-11-01T04:00/2026-11-02T05:00", 25.0)]
    [TestCase("America/New_York", "2026-11-01", "01:00-02:00", "2026-11-01T05:00/2026-11-01T07:00", 2.0)]
    // Istanbul: 2015-03-29 03:00+2 -> 04:00+3 and, put off for an election, 2015-11-08 04:00+3 -> 03:00+2, both at 01:00Z; +3 for good since 2016.
    [TestCase("Europe/Istanbul", "2015-03-29", "00:00-24:00", "2015-03-28T22:00/2015-03-29T21:00", 23.0)]
    [TestCase("Europe/Istanbul", "2015-11-08", "00:00-24:00", "2015-11-07T21:00/2015-11-08T22:00", 25.0)]
    [TestCase("Europe/Istanbul", "2015-10-25", "00:00-24:00", "2015-10-24T21:00/2015-10-25T21:00", 24.0)]
    [TestCase("Europe/Istanbul", "2026-03-29", "00:00-24:00", "2026-03-28T21:00/2026-03-29T21:00", 24.0)]
    [TestCase("Europe/Istanbul", "2026-10-25", "00:00-24:00", "2026-10-24T21:00/2026-10-25T21:00", 24.0)]
    [TestCase("Europe/Istanbul", "2015-01-05", "09:00-17:00", "2015-01-05T07:00/2015-01-05T15:00", 8.0)]
    [TestCase("Europe/Istanbul", "2026-01-05", "09:00-17:00", "2026-01-05T06:00/2026-01-05T14:00", 8.0)]
    // Lord Howe moves by half an hour: 2026-04-05 02:00+11 -> 01:30+10:30 at 15:00Z the day before; 2026-10-04 02:00+10:30 -> 02:30+11 at 15:30Z.
    [TestCase("Australia/Lord_Howe", "2026-04-05", "00:00-24:00", "2026-04-04T13:00/2026-04-05T13:30", 24.5)]
    [TestCase("Australia/Lord_Howe", "2026-04-05", "01:00-02:00", "2026-04-04T14:00/2026-04-04T15:30", 1.5)]
    [TestCase("Australia/Lord_Howe", "2026-10-04", "00:00-24:00", "2026-10-03T13:30/2026-10-04T13:00", 23.5)]
    [TestCase("Australia/Lord_Howe", "2026-10-04", "02:00-03:00", "2026-10-03T15:30/2026-10-03T16:00", 0.5)]
    // Apia went from -10 to +14 at the end of 2011-12-29 (2011-12-30 10:00Z): Friday the 30th never was. 2012-04-01 04:00+14 -> 03:00+13, 2012-09-30 back.
    [TestCase("Pacific/Apia", "2011-12-29", "00:00-24:00", "2011-12-29T10:00/2011-12-30T10:00", 24.0)]
    [TestCase("Pacific/Apia", "2011-12-30", "00:00-24:00", "", 0.0)]
    [TestCase("Pacific/Apia", "2011-12-31", "00:00-24:00", "2011-12-30T10:00/2011-12-31T10:00", 24.0)]
    [TestCase("Pacific/Apia", "2012-04-01", "00:00-24:00", "2012-03-31T10:00/2012-04-01T11:00", 25.0)]
    [TestCase("Pacific/Apia", "2012-09-30", "00:00-24:00", "2012-09-29T11:00/2012-09-30T10:00", 23.0)]
    // São Paulo changed at midnight: 2017-10-15 00:00-3 -> 01:00-2 at 03:00Z; 2018-02-18 00:00-2 -> 23:00-3 of the 17th at 02:00Z; never since 2019.
    [TestCase("America/Sao_Paulo", "2017-10-15", "00:00-24:00", "2017-10-15T03:00/2017-10-16T02:00", 23.0)]
    [TestCase("America/Sao_Paulo", "2017-10-15", "00:00-02:00", "2017-10-15T03:00/2017-10-15T04:00", 1.0)]
    [TestCase("America/Sao_Paulo", "2018-02-17", "00:00-24:00", "2018-02-17T02:00/2018-02-18T03:00", 25.0)]
    [TestCase("America/Sao_Paulo", "2018-02-17", "23:00-24:00", "2018-02-18T01:00/2018-02-18T03:00", 2.0)]
    [TestCase("America/Sao_Paulo", "2018-02-17", "23:30-24:00", "2018-02-18T01:30/2018-02-18T02:00 2018-02-18T02:30/2018-02-18T03:00", 1.0)]
    [TestCase("America/Sao_Paulo", "2018-02-18", "00:00-24:00", "2018-02-18T03:00/2018-02-19T03:00", 24.0)]
    [TestCase("America/Sao_Paulo", "2026-10-18", "00:00-24:00", "2026-10-18T03:00/2026-10-19T03:00", 24.0)]
    // Kathmandu is at +5:45 since 1986, when 00:00+5:30 became 00:15.
    [TestCase("Asia/Kathmandu", "2026-03-02", "09:00-17:00", "2026-03-02T03:15/2026-03-02T11:15", 8.0)]
    [TestCase("Asia/Kathmandu", "2026-09-01", "00:00-24:00", "2026-08-31T18:15/2026-09-01T18:15", 24.0)]
    [TestCase("Asia/Kathmandu", "1986-01-01", "00:00-24:00", "1985-12-31T18:30/1986-01-01T18:15", 23.75)]
    // Casablanca is at +1 but at +0 in Ramadan: 2026-02-15 03:00+1 -> 02:00+0, 2026-03-22 02:00+0 -> 03:00+1, both at 02:00Z.
    [TestCase("Africa/Casablanca", "2026-02-15", "00:00-24:00", "2026-02-14T23:00/2026-02-16T00:00", 25.0)]
    [TestCase("Africa/Casablanca", "2026-03-22", "00:00-24:00", "2026-03-22T00:00/2026-03-22T23:00", 23.0)]
    [TestCase("Africa/Casablanca", "2026-02-13", "09:00-17:00", "2026-02-13T08:00/2026-02-13T16:00", 8.0)]
    [TestCase("Africa/Casablanca", "2026-02-16", "09:00-17:00", "2026-02-16T09:00/2026-02-16T17:00", 8.0)]
    [TestCase("Africa/Casablanca", "2026-03-23", "09:00-17:00", "2026-03-23T08:00/2026-03-23T16:00", 8.0)]
    public void The_windows_of_a_date_are_the_instants_whose_wall_clock_lies_in_them(string zone, string date, string windows, string expected, double hours)
    {
        var calendar = Sample.Once(zone, date, windows);
        var noon = Sample.Utc(date + "T12:00");
        var (start, end) = (noon - Duration.FromDays(40), noon + Duration.FromDays(40));
        Assert.Multiple(() =>
        {
            Assert.That(Sample.Text(calendar.OpenSegments(start, end)), Is.EqualTo(expected));
            Assert.That(calendar.Between(start, end), Is.EqualTo(Duration.FromHours(hours)));
        });
    }

    // Across the change, from one working day into the next. The wall clock says what the hours are; the elapsed hours are what counts.
    [TestCase("Europe/Berlin", "2026-03-27T15:00", "PT2H", "2026-03-30T08:00")]
    [TestCase("Europe/Berlin", "2026-10-23T14:00", "PT2H", "2026-10-26T09:00")]
    [TestCase("America/New_York", "2026-03-06T21:00", "PT2H", "2026-03-09T14:00")]
    [TestCase("America/New_York", "2026-10-30T20:00", "PT2H", "2026-11-02T15:00")]
    [TestCase("Europe/Istanbul", "2015-03-27T14:00", "PT2H", "2015-03-30T07:00")]
    [TestCase("Europe/Istanbul", "2015-11-06T13:00", "PT2H", "2015-11-09T08:00")]
    [TestCase("Europe/Istanbul", "2026-03-27T13:00", "PT2H", "2026-03-30T07:00")]
    [TestCase("Australia/Lord_Howe", "2026-04-03T05:00", "PT2H", "2026-04-05T23:30")]
    [TestCase("Australia/Lord_Howe", "2026-10-02T05:30", "PT2H", "2026-10-04T23:00")]
    [TestCase("Pacific/Apia", "2011-12-30T02:00", "PT2H", "2012-01-01T20:00")]
    [TestCase("America/Sao_Paulo", "2017-10-13T19:00", "PT2H", "2017-10-16T12:00")]
    [TestCase("America/Sao_Paulo", "2018-02-16T18:00", "PT2H", "2018-02-19T13:00")]
    [TestCase("Asia/Kathmandu", "2026-03-06T10:15", "PT2H", "2026-03-09T04:15")]
    [TestCase("Africa/Casablanca", "2026-02-13T15:00", "PT2H", "2026-02-16T10:00")]
    [TestCase("Africa/Casablanca", "2026-03-20T16:00", "PT2H", "2026-03-23T09:00")]
    public void Two_hours_from_an_hour_before_the_weekend_end_an_hour_into_the_next_working_day(string zone, string start, string open, string expected)
    {
        var calendar = Sample.Office(zone);
        Assert.Multiple(() =>
        {
            Assert.That(Sample.Text(calendar.Add(Sample.Utc(start), Sample.Span(open))), Is.EqualTo(expected));
            Assert.That(Sample.Text(calendar.Subtract(Sample.Utc(expected), Sample.Span(open))), Is.EqualTo(start));
        });
    }

    // A night shift 22:00-06:00 over the change is an hour shorter in spring and an hour longer in autumn.
    [TestCase("2026-03-28T21:00", "PT7H", "2026-03-29T04:00")]
    [TestCase("2026-10-24T20:00", "PT9H", "2026-10-25T05:00")]
    public void A_night_shift_over_the_change_is_shorter_in_spring_and_longer_in_autumn(string opens, string lasts, string closes)
    {
        var calendar = Sample.Daily("Europe/Berlin", "00:00-06:00 22:00-24:00");
        Assert.That(
            Sample.Text(calendar.OpenSegments(Sample.Utc(opens) - Duration.FromHours(1), Sample.Utc(closes) + Duration.FromHours(1))),
            Is.EqualTo($"{opens}/{closes}"));
        Assert.That(calendar.Add(Sample.Utc(opens), Sample.Span(lasts)), Is.EqualTo(Sample.Utc(closes)));
    }

    [Test]
    public void Holidays_and_exceptions_follow_the_local_date_not_the_utc_one()
    {
        var calendar = Sample.Daily("Pacific/Auckland", "00:00-24:00", holidays: ["2026-07-10"]);
        Assert.That(
            calendar.Segments(Sample.Utc("2026-07-08T00:00"), Sample.Utc("2026-07-12T00:00")).Single(run => run.Kind == SegmentKind.Holiday),
            Is.EqualTo(new CalendarSegment(Sample.Utc("2026-07-09T12:00"), Sample.Utc("2026-07-10T12:00"), SegmentKind.Holiday)));
    }
}
