using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Calendars;

/// <summary>One question that is not of its form does not hold up the others, and nothing that was sent is passed over in silence.</summary>
public sealed class QuestionFormTests
{
    private const string Hours = """{ "timeZone": "UTC", "week": { "mon": [["09:00","17:00"]] } }""";
    private const string Good = $$"""{ "calendar": {{Hours}}, "start": "2026-03-02T09:00:00Z", "duration": "PT1H" }""";

    private TestDesk desk = null!;
    private string stored = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        desk = TestDesk.Start();
        stored = $"/v1/calendars/{(await desk.Admin.Post("/v1/calendars", Hours.Replace("{ \"timeZone\"", "{ \"name\": \"x\", \"timeZone\"")).Json(HttpStatusCode.Created))["id"]}";
    }

    [OneTimeTearDown]
    public void Stop() => desk.Dispose();

    private static string Problem(JsonNode answer) => string.Join(' ', answer["problem"]!["errors"]!.AsObject().Select(error => $"{error.Key}: {error.Value![0]}"));

    [TestCase("null", "$: must not be null")]
    [TestCase("5", "$: must be an object")]
    [TestCase("[]", "$: must be an object")]
    [TestCase("""{ "begin": "x" }""", "begin: is not a member that is known here")]
    [TestCase("""{ "start": 5 }""", "start: must be a string")]
    [TestCase("""{ "start": "x", "start": "y" }""", "start: stands twice")]
    [TestCase("""{ "calendar": { "week": {} } }""", "calendar.timeZone: is required")]
    [TestCase("""{ "calendar": { "timeZone": "UTC", "weeks": {} } }""", "calendar.weeks: is not a member that is known here")]
    [TestCase("""{ "calendar": { "timeZone": "UTC", "week": { "mon": [null] } } }""", "calendar.week.mon[0]: must not be null")]
    [TestCase("""{ "start": "a\u0000b" }""", "start: must not have the character U+0000, which cannot be kept")]
    [TestCase("""{ "start": "a\ud800b" }""", "start: must be Unicode text: it has bytes or halves of characters that mean nothing")]
    public async Task A_question_that_is_none_gets_a_problem_in_its_place(string question, string problem)
    {
        foreach (var path in new[] { "/v1/calendars/deadline", "/v1/calendars/elapsed" })
        {
            var items = (await desk.Admin.Post(path, $$"""{ "items": [{{question}}, {{(path.Contains("deadline", StringComparison.Ordinal) ? Good : Good.Replace("\"duration\": \"PT1H\"", "\"end\": \"2026-03-02T10:00:00Z\""))}}] }""").Json())["items"]!;
            Assert.That(Problem(items[0]!), Is.EqualTo(problem), path);
            Assert.That(items[1]!["deadline"] ?? items[1]!["duration"], Is.Not.Null, path);
        }
    }

    [Test]
    public async Task The_rules_of_a_calendar_s_members_hold_in_each_question()
    {
        var items = (await desk.Admin.Post("/v1/calendars/deadline", $$"""{ "items": [{{Good.Replace("\"UTC\"", $"\"{new string('x', 101)}\"")}}, {{Good}}] }""").Json())["items"]!;
        Assert.That(Problem(items[0]!), Does.StartWith("calendar.timeZone: ").And.Contain("100"));
        Assert.That((string?)items[1]!["deadline"], Is.EqualTo("2026-03-02T10:00:00Z"));
    }

    [Test]
    public async Task The_address_names_the_calendar_or_the_question_does()
    {
        Assert.That(await desk.Admin.Post($"{stored}/deadline", Good).Refuses("calendar"), Is.EqualTo("is not a member that is known here"));
        await desk.Admin.Post($"{stored}/elapsed", $$"""{ "start": "2026-03-02T09:00:00Z", "end": "2026-03-02T10:00:00Z", "calendar": {{Hours}} }""").Refuses("calendar");
        var own = Good.Replace("09:00\",\"17", "13:00\",\"17");
        Assert.That((string?)(await desk.Admin.Post($"{stored}/deadline", $$"""{ "items": [{{own}}] }""").Json())["items"]![0]!["deadline"], Is.EqualTo("2026-03-02T14:00:00Z"), "its own hours");
    }

    [TestCase("deadline", """{ "items": [], "start": "2026-03-02T09:00:00Z" }""", "start")]
    [TestCase("deadline", """{ "items": [], "duration": "PT1H" }""", "duration")]
    [TestCase("deadline", """{ "items": [], "calendar": { "timeZone": "UTC" } }""", "calendar")]
    [TestCase("elapsed", """{ "items": [], "end": "2026-03-02T09:00:00Z" }""", "end")]
    public async Task Nothing_stands_beside_items(string question, string json, string member)
    {
        foreach (var calendars in new[] { "/v1/calendars", stored }) Assert.That(await desk.Admin.Post($"{calendars}/{question}", json).Refuses(member), Does.StartWith(member == "calendar" && calendars == stored ? "is not a member" : "must not stand beside items"));
        await desk.Admin.Post($"/v1/calendars/{question}", """{ "items": [] }""").Json();
    }
}
