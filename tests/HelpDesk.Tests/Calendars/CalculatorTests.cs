using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Calendars;

/// <summary>Berlin keeps UTC+1 in winter and UTC+2 from 29 March to 25 October 2026; both changes fall between 02:00 and 03:00 of a Sunday.</summary>
public sealed class CalculatorTests
{
    private const string Office = """
        { "timeZone": "Europe/Berlin", "week": { "mon": [["09:00","17:00"]], "tue": [["09:00","17:00"]], "wed": [["09:00","17:00"]],
          "thu": [["09:00","17:00"]], "fri": [["09:00","17:00"]] }, "holidays": ["05-01"] }
        """;

    private const string Nights = """{ "timeZone": "Europe/Berlin", "week": { "sun": [["01:00","05:00"]] } }""";
    private const string Always = """
        { "timeZone": "Europe/Berlin", "week": { "mon": [["00:00","24:00"]], "tue": [["00:00","24:00"]], "wed": [["00:00","24:00"]], "thu": [["00:00","24:00"]],
          "fri": [["00:00","24:00"]], "sat": [["00:00","24:00"]], "sun": [["00:00","24:00"]] } }
        """;

    private const string Never = """{ "timeZone": "Europe/Berlin", "week": {} }""";

    private TestDesk desk = null!;

    [OneTimeSetUp]
    public void Start() => desk = TestDesk.Start();

    [OneTimeTearDown]
    public void Stop() => desk.Dispose();

    private static string Calendar(string name) => name switch { "office" => Office, "nights" => Nights, "always" => Always, _ => Never };

    private static string Question(string calendar, string start, string duration) =>
        $$"""{ "calendar": {{Calendar(calendar)}}, "start": "{{start}}", "duration": "{{duration}}" }""";

    private Task<HttpResponseMessage> Deadline(string question) => desk.Admin.Post("/v1/calendars/deadline", question);

    private Task<HttpResponseMessage> Elapsed(string calendar, string start, string end) =>
        desk.Admin.Post("/v1/calendars/elapsed", $$"""{ "calendar": {{Calendar(calendar)}}, "start": "{{start}}", "end": "{{end}}" }""");

    [TestCase("office", "2026-03-02T08:00:00Z", "PT8H", "2026-03-02T16:00:00Z", TestName = "Eight_hours_end_at_closing_time")]
    [TestCase("office", "2026-03-02T08:00:00Z", "PT9H", "2026-03-03T09:00:00Z", TestName = "The_ninth_hour_is_the_next_morning_s")]
    [TestCase("office", "2026-03-06T16:00:00Z", "PT0S", "2026-03-06T16:00:00Z", TestName = "Nothing_ends_where_it_starts")]
    [TestCase("office", "2026-03-06T15:30:00Z", "PT1H", "2026-03-09T08:30:00Z", TestName = "A_weekend_is_skipped")]
    [TestCase("office", "2026-04-30T14:00:00Z", "PT2H", "2026-05-04T08:00:00Z", TestName = "A_holiday_is_skipped_in_summer_time")]
    [TestCase("office", "2026-03-27T15:00:00Z", "PT2H", "2026-03-30T08:00:00Z", TestName = "After_the_clock_change_the_office_opens_an_hour_earlier_in_UTC")]
    [TestCase("office", "2026-03-03T09:00:00Z", "-PT2H", "2026-03-02T15:00:00Z", TestName = "A_negative_duration_counts_backward")]
    [TestCase("office", "2026-03-03T08:00:00Z", "-PT8H", "2026-03-02T08:00:00Z", TestName = "Backward_it_may_end_at_opening_time")]
    [TestCase("office", "2026-03-02T09:00:00+01:00", "P2D", "2026-03-09T16:00:00Z", TestName = "Two_days_are_48_hours")]
    [TestCase("office", "2026-03-02T08:00:00.000001Z", "PT0.000001S", "2026-03-02T08:00:00.000002Z", TestName = "The_microsecond_counts")]
    [TestCase("nights", "2026-03-28T12:00:00Z", "PT3H", "2026-03-29T03:00:00Z", TestName = "A_skipped_hour_does_not_exist")]
    [TestCase("nights", "2026-10-24T12:00:00Z", "PT5H", "2026-10-25T04:00:00Z", TestName = "A_repeated_hour_counts_twice")]
    public async Task The_deadline_is_where_the_working_time_ends(string calendar, string start, string duration, string deadline) =>
        Assert.That((string?)(await Deadline(Question(calendar, start, duration)).Json())["deadline"], Is.EqualTo(deadline));

    [Test]
    public async Task The_segments_are_the_working_time_that_was_counted()
    {
        var answer = await Deadline(Question("office", "2026-03-06T15:30:00Z", "PT1H")).Json();
        Assert.That(
            answer["segments"]!.ToJsonString(),
            Is.EqualTo("""[{"from":"2026-03-06T15:30:00Z","to":"2026-03-06T16:00:00Z"},{"from":"2026-03-09T08:00:00Z","to":"2026-03-09T08:30:00Z"}]"""));
    }

    [TestCase("always", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "PT23H", 82_800)]
    [TestCase("always", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "PT25H", 90_000)]
    [TestCase("nights", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "PT3H", 10_800)]
    [TestCase("nights", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "PT5H", 18_000)]
    [TestCase("office", "2026-03-02T07:00:00Z", "2026-03-03T08:30:00Z", "PT8H30M", 30_600)]
    [TestCase("office", "2026-03-03T08:30:00Z", "2026-03-02T07:00:00Z", "PT0S", 0)]
    [TestCase("never", "2026-03-02T07:00:00Z", "2026-03-03T08:30:00Z", "PT0S", 0)]
    public async Task The_elapsed_time_is_the_working_time_between(string calendar, string start, string end, string duration, decimal seconds)
    {
        var answer = await Elapsed(calendar, start, end).Json();
        Assert.That(((string?)answer["duration"], (decimal?)answer["seconds"]), Is.EqualTo((duration, seconds)));
    }

    [Test]
    public async Task A_stored_calendar_answers_as_it_stands()
    {
        var made = await desk.Admin.Post("/v1/calendars", Office.Replace("\"timeZone\"", "\"name\": \"Office\", \"timeZone\"", StringComparison.Ordinal)).Json(HttpStatusCode.Created);
        var path = $"/v1/calendars/{made["id"]}";
        var deadline = await desk.Admin.Post($"{path}/deadline", """{ "start": "2026-03-02T08:00:00Z", "duration": "PT9H" }""").Json();
        Assert.That((string?)deadline["deadline"], Is.EqualTo("2026-03-03T09:00:00Z"));
        await desk.Admin.Send(HttpMethod.Patch, path, """{ "week": { "mon": [["09:00","18:00"]] } }""").Json();
        deadline = await desk.Admin.Post($"{path}/deadline", """{ "start": "2026-03-02T08:00:00Z", "duration": "PT9H" }""").Json();
        Assert.That((string?)deadline["deadline"], Is.EqualTo("2026-03-02T17:00:00Z"));
        var elapsed = await desk.Admin.Post($"{path}/elapsed", """{ "items": [{ "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T18:00:00Z" }] }""").Json();
        Assert.That((string?)elapsed["items"]![0]!["duration"], Is.EqualTo("PT9H"));
        await desk.Admin.Post("/v1/calendars/0195564e-1200-7a01-8f00-0a1b2c3d4e5f/deadline", """{ "start": "2026-03-02T08:00:00Z", "duration": "PT9H" }""")
            .Problem(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task Many_questions_are_answered_in_order_with_a_problem_in_the_place_of_an_answer()
    {
        var answer = await Deadline($$"""
            { "items": [
              {{Question("office", "2026-03-02T08:00:00Z", "PT8H")}},
              {{Question("never", "2026-03-02T08:00:00Z", "PT8H")}},
              {{Question("office", "2026-03-02T08:00:00Z", "P1M")}},
              {{Question("office", "soon", "PT1H")}},
              { "start": "2026-03-02T08:00:00Z", "duration": "PT1H" },
              { "calendar": { "timeZone": "Europe/Nowhere" }, "start": "2026-03-02T08:00:00Z", "duration": "PT1H" },
              { "calendar": { "timeZone": "UTC", "week": { "mon": [["17:00","09:00"]] } }, "start": "2026-03-02T08:00:00Z", "duration": "PT1H" },
              {{Question("office", "2026-03-02T08:00:00Z", "P365000D")}},
              {{Question("office", "2026-03-02T08:00:00Z", "PT9H")}} ] }
            """).Json();
        var items = answer["items"]!.AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)items[0]!["deadline"], Is.EqualTo("2026-03-02T16:00:00Z"));
            Assert.That((string?)items[^1]!["deadline"], Is.EqualTo("2026-03-03T09:00:00Z"));
            Assert.That(
                items.Select(item => ((string?)item!["problem"]?["type"], (int?)item["problem"]?["status"], item["problem"]?["errors"]?.AsObject().Single().Key)),
                Is.EqualTo(new (string?, int?, string?)[]
                {
                    (null, null, null),
                    ("urn:helpdesk:calendar-never-opens", 422, null),
                    ("urn:helpdesk:validation", 400, "duration"),
                    ("urn:helpdesk:validation", 400, "start"),
                    ("urn:helpdesk:validation", 400, "calendar"),
                    ("urn:helpdesk:validation", 400, "calendar.timeZone"),
                    ("urn:helpdesk:validation", 400, "calendar.week.mon[0]"),
                    ("urn:helpdesk:out-of-reach", 422, null),
                    (null, null, null),
                }));
            Assert.That(items.Select(item => item!["deadline"] is null), Is.EqualTo(items.Select(item => item!["problem"] is not null)), "one or the other");
        }
    }

    [Test]
    public async Task A_question_alone_is_refused_as_among_others()
    {
        await Deadline(Question("never", "2026-03-02T08:00:00Z", "PT8H")).Problem(HttpStatusCode.UnprocessableEntity, "calendar-never-opens");
        await Deadline(Question("office", "2026-03-02T08:00:00Z", "P365000D")).Problem(HttpStatusCode.UnprocessableEntity, "out-of-reach");
        await Deadline(Question("office", "9999-12-31T23:59:59Z", "PT8H")).Problem(HttpStatusCode.UnprocessableEntity, "out-of-reach");
        await Deadline(Question("office", "0001-01-01T00:00:00Z", "-PT80H")).Problem(HttpStatusCode.UnprocessableEntity, "out-of-reach");
        await Elapsed("office", "1900-01-01T00:00:00Z", "2026-03-02T08:00:00Z").Problem(HttpStatusCode.UnprocessableEntity, "out-of-reach");
        await Deadline(Question("office", "2026-03-02T08:00:00", "PT8H")).Refuses("start");
        await Deadline("{}").Refuses("start");
        await Elapsed("office", "2026-03-02T08:00:00Z", "then").Refuses("end");
        await Deadline("""{ "items": [], "begin": "2026-03-02T08:00:00Z" }""").Refuses("begin");
        await Deadline("""{ "items": [{] }""").Problem(HttpStatusCode.BadRequest, "malformed");
        await Deadline("""{ "items": {} }""").Refuses("items");
    }

    [Test]
    public async Task A_thousand_questions_are_answered_and_one_more_is_refused()
    {
        const string One = """{ "calendar": { "timeZone": "UTC", "week": { "mon": [["09:00","17:00"]] } }, "start": "2026-03-02T09:00:00Z", "duration": "PT1H" }""";
        var answer = await Deadline($$"""{ "items": [{{string.Join(',', Enumerable.Repeat(One, 1_000))}}] }""").Json();
        Assert.That(answer["items"]!.AsArray().Select(item => (string?)item!["deadline"]), Is.All.EqualTo("2026-03-02T10:00:00Z").And.Exactly(1_000).Items);
        await Deadline($$"""{ "items": [{{string.Join(',', Enumerable.Repeat(One, 1_001))}}] }""").Refuses("items");
    }

    [Test]
    public async Task An_answer_that_would_fill_the_memory_is_cut_off_where_it_does()
    {
        var sixtyYears = Question("office", "2026-03-02T08:00:00Z", "PT120000H");
        var answer = await Deadline($$"""{ "items": [{{string.Join(',', Enumerable.Repeat(sixtyYears, 70))}}] }""").Json();
        var problems = answer["items"]!.AsArray().Select(item => (string?)item!["problem"]?["type"]).ToList();
        Assert.That(problems[0], Is.Null);
        Assert.That(problems[^1], Is.EqualTo("urn:helpdesk:too-many-segments"));
    }
}
