using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Calendars;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Calendars;

/// <summary>Holidays that an iCalendar feed tells.</summary>
internal sealed class ImportHolidaysTests : DeskFixture
{
    private const string Turkish = """
        BEGIN:VEVENT
        UID:20260319_ramazan@holidays
        DTSTART;VALUE=DATE:20260319
        DTEND;VALUE=DATE:20260323
        SUMMARY:Ramazan Bayramı
        TRANSP:TRANSPARENT
        END:VEVENT
        BEGIN:VEVENT
        UID:cocuk@holidays
        DTSTART;VALUE=DATE:20150423
        RRULE:FREQ=YEARLY
        SUMMARY:Ulusal Egemenlik ve Çocuk Bayramı
        END:VEVENT
        BEGIN:VEVENT
        UID:toplanti@holidays
        DTSTART:20260319T100000Z
        DTEND:20260319T110000Z
        SUMMARY:Toplantı
        END:VEVENT
        """;

    private const string Finnish = """
        BEGIN:VEVENT
        UID:pyhainpaiva@holidays
        DTSTART;VALUE=DATE:20151031
        RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SA
        SUMMARY:Pyhäinpäivä
        END:VEVENT
        BEGIN:VEVENT
        UID:vappu@holidays
        DTSTART;VALUE=DATE:20260501
        STATUS:CANCELLED
        SUMMARY:Vappu
        END:VEVENT
        """;

    [Test]
    public async Task A_feed_s_holidays_stand_beside_those_written_by_hand_in_a_new_version()
    {
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/calendars/{Calendar}", """{ "holidays": ["12-25", "2026-03-20"] }""", "application/merge-patch+json").Json();
        var answer = await Import(Turkish).Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Texts(answer["calendar"]!["holidays"]), Is.EqualTo(new[] { "12-25", "2026-03-20", "04-23", "2026-03-19", "2026-03-21", "2026-03-22" }));
            Assert.That((int)answer["calendar"]!["version"]!, Is.EqualTo(3));
            Assert.That(Texts(answer["skipped"]), Is.EqualTo(new[] { "Toplantı: it does not last all day" }));
        }

        var again = await Import(Turkish).Json();
        Assert.That(((int)again["calendar"]!["version"]!, again["added"]!.AsArray().Count), Is.EqualTo((3, 0)), "the same again changes nothing");
    }

    [Test]
    public async Task A_moving_holiday_is_counted_out() => Assert.That(
        Texts((await Import(Finnish).Json())["added"]),
        Is.EqualTo(new[] { "2025-11-01", "2026-11-07", "2027-11-06", "2028-11-04", "2029-11-03", "2030-11-02", "2031-11-01" }));

    [TestCase("DTSTART;VALUE=DATE:20250101\nRRULE:FREQ=YEARLY;COUNT=3", "2025-01-01 2026-01-01 2027-01-01")]
    [TestCase("DTSTART;VALUE=DATE:20250101\nRRULE:FREQ=YEARLY;UNTIL=20260101", "2025-01-01 2026-01-01")]
    [TestCase("DTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20270501", "2025-05-01 2026-05-01 2028-05-01 2029-05-01 2030-05-01 2031-05-01")]
    [TestCase("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY", "2028-02-29")]
    [TestCase("DTSTART;VALUE=DATE:20151224\nDTEND;VALUE=DATE:20151227\nRRULE:FREQ=YEARLY", "12-24 12-25 12-26")]
    [TestCase("DTSTART;TZID=Europe/Helsinki:20260501T000000\nDTEND;TZID=Europe/Helsinki:20260502T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "2026-05-01")]
    [TestCase("DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=SECONDLY", "")]
    [TestCase("DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY;BYSECOND=1,2,3;BYHOUR=1", "")]
    [TestCase("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "")]
    [TestCase("DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:99991231", "")]
    public void An_event_is(string lines, string dates) =>
        Assert.That(string.Join(' ', IcalHolidays.Read(Feed($"BEGIN:VEVENT\nUID:1\n{lines}\nEND:VEVENT"), 2026)!.Dates), Is.EqualTo(dates));

    [TestCase("")]
    [TestCase("hello")]
    [TestCase("BEGIN:VCALENDAR")]
    [TestCase("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n")]
    public async Task Rubbish_is_refused(string feed) => await Post(feed).Problem(HttpStatusCode.BadRequest, "validation");

    [TestCase("BEGIN:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")]
    [TestCase("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nwords\r\n")]
    [TestCase("END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")]
    public async Task Calendars_within_each_other_or_among_other_words_are_refused(string feed) => await Post(feed).Problem(HttpStatusCode.BadRequest, "validation");

    [Test]
    public async Task A_mark_of_the_order_of_bytes_is_passed_over() =>
        Assert.That(Texts((await Post("\uFEFF" + Feed("BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20260501\nEND:VEVENT")).Json())["added"]), Is.EqualTo(new[] { "2026-05-01" }));

    [Test]
    public async Task Several_calendars_in_one_body_are_taken_as_one()
    {
        var feed = Feed("BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20260501\nEND:VEVENT") + "\r\n" + Feed("BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20260619\nEND:VEVENT");
        Assert.That(Texts((await Post(feed).Json())["added"]), Is.EqualTo(new[] { "2026-05-01", "2026-06-19" }));
    }

    [Test]
    public async Task What_is_not_in_UTF_8_is_refused()
    {
        var content = new ByteArrayContent([.. System.Text.Encoding.Latin1.GetBytes(Feed("BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20260501\nSUMMARY:Pyh\u00e4\nEND:VEVENT"))]);
        content.Headers.ContentType = new("text/calendar");
        Assert.That(await Desk.Admin.PostAsync($"/v1/calendars/{Calendar}/holidays", content).Refuses("$"), Does.Contain("must be in UTF-8"));
    }

    [Test]
    public async Task What_takes_too_long_to_count_out_is_refused()
    {
        await Import("BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:18000101\nRRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU\nEND:VEVENT").Problem(HttpStatusCode.UnprocessableEntity, "too-many-holidays");
        await Post(new string('x', ImportHolidays.MostBytes + 1)).Problem(HttpStatusCode.RequestEntityTooLarge, "too-large");
        await Desk.Admin.Post($"/v1/calendars/{Calendar}/holidays", "{}").Problem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    private Task<HttpResponseMessage> Import(string events) => Post(Feed(events));

    private Task<HttpResponseMessage> Post(string feed) => Desk.Admin.Send(HttpMethod.Post, $"/v1/calendars/{Calendar}/holidays", feed, "text/calendar");

    private static string Feed(string events) => $"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//Holidays//EN\n{events}\nEND:VCALENDAR\n".ReplaceLineEndings("\r\n");

    private static IEnumerable<string?> Texts(JsonNode? list) => list!.AsArray().Select(item => (string?)item);
}
