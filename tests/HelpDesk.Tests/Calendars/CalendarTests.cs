using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Calendars;

public sealed class CalendarTests
{
    private const string Helsinki = """
        { "name": " Helsinki office ", "timeZone": "Europe/Helsinki",
          "week": { "mon": [["08:00","12:00"],["13:00","17:00"]], "fri": [["08:00","15:00"]] },
          "holidays": ["2026-12-25", "01-01"], "exceptions": { "2026-12-24": [["09:00","11:30"]], "2026-06-19": [] } }
        """;

    private TestDatabase database = null!;
    private TestDesk desk = null!;

    [OneTimeSetUp]
    public void Start()
    {
        database = TestDatabase.Create();
        desk = TestDesk.Start(database: database);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        desk.Dispose();
        database.Dispose();
    }

    private Task<JsonNode> Make(string json) => desk.Admin.Post("/v1/calendars", json).Json(HttpStatusCode.Created);

    private Task<HttpResponseMessage> Patch(JsonNode calendar, string json, params (string, string)[] headers) =>
        desk.Admin.Send(HttpMethod.Patch, $"/v1/calendars/{calendar["id"]}", json, "application/merge-patch+json", headers);

    private static string Week(string windows) => $$"""{ "name": "x", "timeZone": "UTC", "week": {{windows}} }""";

    [Test]
    public async Task A_calendar_is_made_and_read_back_as_it_was_written()
    {
        var answer = await desk.Admin.Post("/v1/calendars", Helsinki);
        var made = await answer.Json(HttpStatusCode.Created);
        var got = await desk.Admin.GetAsync(answer.Headers.Location!.ToString());
        var read = await got.Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(JsonNode.DeepEquals(made, read), $"{made} {read}");
            foreach (var member in new[] { "timeZone", "week", "holidays", "exceptions" })
            {
                Assert.That(JsonNode.DeepEquals(read[member], JsonNode.Parse(Helsinki)![member]), member);
            }
            Assert.That(((string?)read["name"], (int?)read["version"]), Is.EqualTo(("Helsinki office", 1)));
            Assert.That(got.Headers.ETag, Is.EqualTo(answer.Headers.ETag));
        }
    }

    [Test]
    public async Task A_change_of_hours_makes_a_version_and_the_old_one_stays_as_it_was()
    {
        var made = await Make(Helsinki);
        var id = (string)made["id"]!;
        const string FirstVersion = "select definition::text from calendar_versions where calendar_id = $1 and version = 1";
        var before = await database.Ask<string>(FirstVersion, Guid.Parse(id));
        var changed = await Patch(made, """{ "week": { "mon": [["09:00","10:00"]] }, "exceptions": { "2026-06-19": null } }""").Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int?)changed["version"], Is.EqualTo(2));
            Assert.That(changed["week"]!["mon"]!.ToJsonString(), Is.EqualTo("""[["09:00","10:00"]]"""));
            Assert.That(changed["week"]!["fri"]!.ToJsonString(), Is.EqualTo("""[["08:00","15:00"]]"""), "a day that is not named stays");
            Assert.That(changed["exceptions"]!.AsObject().Select(date => date.Key), Is.EqualTo(new[] { "2026-12-24" }), "null removes");
            Assert.That(await database.Ask<string>(FirstVersion, Guid.Parse(id)), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task A_new_name_is_no_new_version()
    {
        var made = await Make(Helsinki);
        var answer = await Patch(made, """{ "name": "  Espoo " }""");
        var changed = await answer.Json();
        Assert.That(((string?)changed["name"], (int?)changed["version"], answer.Headers.ETag!.Tag), Is.EqualTo(("Espoo", 1, "\"2\"")));
    }

    [TestCase("""{ "timeZone": "UTC", "week": { "mon": [["08:00","09:00"]] } }""", "name")]
    [TestCase("""{ "name": " ", "timeZone": "UTC", "week": { "mon": [["08:00","09:00"]] } }""", "name")]
    [TestCase("""{ "name": "x", "week": {} }""", "timeZone")]
    [TestCase("""{ "name": "x", "timeZone": "Europe/Nowhere", "week": { "mon": [["08:00","09:00"]] } }""", "timeZone")]
    [TestCase("""{ "name": "x", "timeZone": "UTC+2", "week": { "mon": [["08:00","09:00"]] } }""", "timeZone")]
    [TestCase("""{ "name": "x", "timeZone": "UTC", "weeks": {} }""", "weeks")]
    [TestCase("""{ "name": "x", "timeZone": "UTC", "week": { "monday": [["08:00","09:00"]] } }""", "week.monday")]
    [TestCase("""{ "name": "x", "timeZone": "UTC", "week": { "mon": [["08:00","12:00"],["11:00","13:00"]] } }""", "week.mon[1]")]
    [TestCase("""{ "name": "x", "timeZone": "UTC", "week": { "mon": [["13:00","15:00"],["08:00","14:00"]] } }""", "week.mon[0]")]
    [TestCase("""{ "name": "x", "timeZone": "UTC", "week": { "mon": [["17:00","09:00"]] } }""", "week.mon[0]")]
    [TestCase("""{ "name": "x", "timeZone": "UTC", "week": { "mon": [["09:00","09:00"]] } }""", "week.mon[0]")]
    [TestCase("""{ "name": "x", "timeZone": "UTC", "week": { "mon": [["9:00","17:00"]] } }""", "week.mon[0]")]
    [TestCase("""{ "name": "x", "timeZone": "UTC", "week": { "mon": [["24:00","24:00"]] } }""", "week.mon[0]")]
    [TestCase("""{ "name": "x", "timeZone": "UTC", "week": { "mon": [["09:00"]] } }""", "week.mon[0]")]
    [TestCase("""{ "name": "x", "timeZone": "UTC", "week": { "mon": [["09:00","12:00","13:00"]] } }""", "week.mon[0]")]
    [TestCase("""{ "name": "x", "timeZone": "UTC", "week": { "mon": [["09:00","12:00"]] }, "holidays": ["2026-02-30"] }""", "holidays[0]")]
    [TestCase("""{ "name": "x", "timeZone": "UTC", "week": { "mon": [["09:00","12:00"]] }, "holidays": ["12-25", "13-01"] }""", "holidays[1]")]
    [TestCase("""{ "name": "x", "timeZone": "UTC", "week": { "mon": [["09:00","12:00"]] }, "exceptions": { "12-24": [] } }""", "exceptions.12-24")]
    [TestCase("""{ "name": "x", "timeZone": "UTC", "week": { "mon": [["09:00","12:00"]] }, "exceptions": { "2026-12-24": [["12:00","11:00"]] } }""", "exceptions.2026-12-24[0]")]
    public Task What_breaks_a_rule_is_refused_by_its_name(string json, string member) => desk.Admin.Post("/v1/calendars", json).Refuses(member);

    [Test]
    public async Task Nulls_where_windows_should_be_are_refused()
    {
        foreach (var windows in new[] { """{ "mon": null }""", """{ "mon": [null] }""", """{ "mon": [["09:00", null]] }""" })
        {
            await desk.Admin.Post("/v1/calendars", Week(windows)).Problem(HttpStatusCode.BadRequest, "validation");
        }
    }

    [TestCase("""{ "mon": [] }""")]
    [TestCase("{}")]
    public async Task A_calendar_that_never_opens_is_refused(string week)
    {
        var problem = await desk.Admin.Post("/v1/calendars", Week(week)).Problem(HttpStatusCode.UnprocessableEntity, "calendar-never-opens");
        Assert.That(problem["errors"]!["week"], Is.Not.Null);
        var open = await Make(Helsinki);
        await Patch(open, """{ "week": null, "exceptions": null }""").Problem(HttpStatusCode.UnprocessableEntity, "calendar-never-opens");
        Assert.That((int?)(await desk.Admin.GetAsync($"/v1/calendars/{open["id"]}").Json())["version"], Is.EqualTo(1));
    }

    [Test]
    public async Task A_calendar_open_on_a_single_date_ahead_is_taken() => await Make(
        """{ "name": "x", "timeZone": "UTC", "exceptions": { "2031-07-01": [["09:00","10:00"]] } }""");

    [Test]
    public async Task Preconditions_are_kept()
    {
        var made = await Make(Helsinki);
        var path = $"/v1/calendars/{made["id"]}";
        Assert.That((await desk.Admin.Send(HttpMethod.Get, path, headers: ("If-None-Match", "\"1\""))).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        await Patch(made, """{ "name": "A" }""", ("If-Match", "\"1\"")).Json();
        await Patch(made, """{ "name": "B" }""", ("If-Match", "\"1\"")).Problem(HttpStatusCode.PreconditionFailed, "stale");
        await desk.Admin.Send(HttpMethod.Delete, path, headers: ("If-Match", "\"1\"")).Problem(HttpStatusCode.PreconditionFailed, "stale");
        Assert.That((await desk.Admin.Send(HttpMethod.Delete, path, headers: ("If-Match", "\"2\""))).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await desk.Admin.GetAsync(path).Problem(HttpStatusCode.NotFound, "not-found");
        await Patch(made, """{ "name": "C" }""").Problem(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task Changes_at_once_follow_each_other()
    {
        var made = await Make(Helsinki);
        var answers = await Task.WhenAll(Enumerable.Range(10, 8).Select(hour => Patch(made, $$"""{ "week": { "tue": [["09:00","{{hour}}:00"]] } }""")));
        Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That((int?)(await desk.Admin.GetAsync($"/v1/calendars/{made["id"]}").Json())["version"], Is.EqualTo(9));
    }

    [Test]
    public async Task A_calendar_that_a_policy_counts_by_cannot_be_deleted()
    {
        var used = await Make(Helsinki);
        var other = await Make(Helsinki);
        var policy = await desk.Admin.Post("/v1/policies", $$"""{ "name": "p", "calendarId": "{{used["id"]}}", "terms": {} }""").Json(HttpStatusCode.Created);
        var path = $"/v1/calendars/{used["id"]}";
        await desk.Admin.DeleteAsync(path).Problem(HttpStatusCode.Conflict, "calendar-in-use");
        await desk.Admin.Send(HttpMethod.Patch, $"/v1/policies/{policy["id"]}", $$"""{ "calendarId": "{{other["id"]}}" }""").Json();
        Assert.That((await desk.Admin.DeleteAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task The_list_leads_through_all_calendars_and_leaves_deleted_ones_out()
    {
        var made = new List<string>();
        for (var number = 0; number < 5; number++) made.Add((string)(await Make(Helsinki))["id"]!);
        await desk.Admin.DeleteAsync($"/v1/calendars/{made[2]}");
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await desk.Admin.GetAsync($"/v1/calendars?limit=2&cursor={cursor}").Json();
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);
        Assert.That(seen, Is.Unique.And.SupersetOf(made.Where(id => id != made[2])).And.Not.Contains(made[2]));
    }

    [Test]
    public async Task A_character_that_the_database_cannot_keep_is_the_client_s_fault() =>
        await desk.Admin.Post("/v1/calendars", """{ "name": "a\u0000", "timeZone": "UTC", "week": { "mon": [["09:00","12:00"]] } }""")
            .Refuses("name");
}
