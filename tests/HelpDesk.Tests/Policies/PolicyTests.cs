using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Calendars;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Policies;

public sealed class PolicyTests
{
    private TestDatabase database = null!;
    private TestDesk desk = null!;
    private string calendar = null!;

    [OneTimeSetUp]
    public void Start()
    {
        database = TestDatabase.Create();
        desk = TestDesk.Start(database: database);
    }

    [SetUp]
    public async Task Empty_the_desk()
    {
        await database.ForgetEvents();
        await database.Execute("delete from tickets; delete from policy_versions; delete from policies; delete from calendar_versions; delete from calendars");
        desk.Services.GetRequiredService<RulesNews>().Note();
        var made = await desk.Admin.Post("/v1/calendars", """{ "name": "Office", "timeZone": "UTC", "week": { "mon": [["09:00","17:00"]] } }""").Json(HttpStatusCode.Created);
        calendar = (string)made["id"]!;
    }

    [OneTimeTearDown]
    public void Stop()
    {
        desk.Dispose();
        database.Dispose();
    }

    private string Gold => $$"""
        { "name": " Gold customers ", "description": "What we promise gold customers", "calendarId": "{{calendar}}", "published": true,
          "when": { "priority": ["high","urgent"], "queue": ["billing"], "tier": ["gold"], "locale": ["fi"] },
          "terms": { "first_response": { "target": "PT2H", "hours": "working", "cushion": "PT0S", "lead": "PT30M", "renewBy": "PT60M", "maxRenewals": 2, "pausesIn": [],
                                         "ladder": [{ "at": "75%", "do": "notify", "to": "assignee" }, { "at": "PT0S", "from": "lapse", "do": "raise_priority" }],
                                         "byPriority": { "urgent": { "target": "PT30M" } } },
                     "resolution": { "target": "P2D" } },
          "reopenWindow": "P2W", "reopenTarget": "PT4H", "remedy": "Ten per cent off." }
        """;

    private string With(string terms) => $$"""{ "name": "p", "calendarId": "{{calendar}}", "terms": {{terms}} }""";

    private Task<HttpResponseMessage> Post(string json) => desk.Admin.Post("/v1/policies", json);

    private async Task<string> Make(string? json = null) => (string)(await Post(json ?? With("{}")).Json(HttpStatusCode.Created))["id"]!;

    private Task<HttpResponseMessage> Patch(string id, string json, params (string, string)[] headers) =>
        desk.Admin.Send(HttpMethod.Patch, $"/v1/policies/{id}", json, "application/merge-patch+json", headers);

    private Task<HttpResponseMessage> Order(params string[] ids) =>
        desk.Admin.Send(HttpMethod.Put, "/v1/policies/order", $$"""{ "ids": [{{string.Join(',', ids.Select(id => $"\"{id}\""))}}] }""");

    private async Task<IReadOnlyList<string>> InOrder(string query = "") =>
        [.. (await desk.Admin.GetAsync("/v1/policies" + query).Json())["items"]!.AsArray().Select(item => (string)item!["id"]!)];

    [Test]
    public async Task A_policy_is_made_and_read_back_as_it_was_written()
    {
        var answer = await Post(Gold);
        var made = await answer.Json(HttpStatusCode.Created);
        var read = await desk.Admin.GetAsync(answer.Headers.Location!.ToString()).Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(JsonNode.DeepEquals(made, read), $"{made} {read}");
            Assert.That(((string?)read["name"], (int?)read["version"], (bool?)read["published"]), Is.EqualTo(("Gold customers", 1, true)));
            Assert.That(((string?)read["reopenWindow"], (string?)read["terms"]!["first_response"]!["renewBy"]), Is.EqualTo(("P2W", "PT60M")), "durations as they were written");
            Assert.That((string?)read["terms"]!["first_response"]!["byPriority"]!["urgent"]!["target"], Is.EqualTo("PT30M"));
            Assert.That(read["when"]!["priority"]!.ToJsonString(), Is.EqualTo("""["high","urgent"]"""));
            Assert.That(answer.Headers.ETag!.Tag, Is.EqualTo("\"1\""));
        }
    }

    [Test]
    public async Task A_change_makes_a_version_and_no_version_ever_changes()
    {
        var id = await Make(Gold);
        var first = await desk.Admin.GetAsync($"/v1/policies/{id}").Json();
        var changed = await Patch(id, """{ "terms": { "first_response": { "target": "PT1H", "byPriority": null }, "resolution": null }, "remedy": null }""").Json();
        var versions = (await desk.Admin.GetAsync($"/v1/policies/{id}/versions").Json())["items"]!.AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int?)changed["version"], Is.EqualTo(2));
            Assert.That((string?)changed["terms"]!["first_response"]!["target"], Is.EqualTo("PT1H"));
            Assert.That((string?)changed["terms"]!["first_response"]!["lead"], Is.EqualTo("PT30M"), "what is not named stays");
            Assert.That(changed["terms"]!.AsObject().ContainsKey("resolution"), Is.False, "null removes");
            Assert.That(changed["remedy"], Is.Null);
            Assert.That(versions.Select(version => (int)version!["version"]!), Is.EqualTo(new[] { 2, 1 }));
            Assert.That(JsonNode.DeepEquals(versions[1], first));
        }
        var page = await desk.Admin.GetAsync($"/v1/policies/{id}/versions?limit=1").Json();
        Assert.That((int?)(await desk.Admin.GetAsync($"/v1/policies/{id}/versions?limit=1&cursor={page["nextCursor"]}").Json())["items"]![0]!["version"], Is.EqualTo(1));
    }

    [Test]
    public async Task A_patch_that_changes_nothing_makes_no_version()
    {
        var id = await Make(Gold);
        var answer = await Patch(id, """{ "name": "Gold customers " }""");
        Assert.That((answer.StatusCode, answer.Headers.ETag!.Tag), Is.EqualTo((HttpStatusCode.OK, "\"1\"")));
    }

    [Test]
    public async Task Preconditions_are_kept()
    {
        var id = await Make();
        var path = $"/v1/policies/{id}";
        Assert.That((await desk.Admin.Send(HttpMethod.Get, path, headers: ("If-None-Match", "\"1\""))).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        await Patch(id, """{ "name": "A" }""", ("If-Match", "\"1\"")).Json();
        await Patch(id, """{ "name": "B" }""", ("If-Match", "\"1\"")).Problem(HttpStatusCode.PreconditionFailed, "stale");
        await desk.Admin.Send(HttpMethod.Delete, path, headers: ("If-Match", "\"1\"")).Problem(HttpStatusCode.PreconditionFailed, "stale");
        Assert.That((await desk.Admin.Send(HttpMethod.Delete, path, headers: ("If-Match", "\"2\""))).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await desk.Admin.GetAsync(path).Problem(HttpStatusCode.NotFound, "not-found");
        Assert.That(await InOrder(), Is.Empty);
    }

    [TestCase("""{ "terms": {} }""", "name")]
    [TestCase("""{ "name": "p", "terms": {} }""", "calendarId")]
    [TestCase("""{ "name": "p", "calendarId": "office", "terms": {} }""", "calendarId")]
    [TestCase("""{ "name": "p" }""", "terms")]
    [TestCase("""{ "name": "p", "terms": {}, "reopenwindow": "P1D" }""", "reopenwindow")]
    [TestCase("""{ "name": "p", "terms": {}, "when": { "priority": ["highest"] } }""", "when.priority[0]")]
    [TestCase("""{ "name": "p", "terms": {}, "when": { "queue": [] } }""", "when.queue")]
    [TestCase("""{ "name": "p", "terms": {}, "when": { "queue": ["a", ""] } }""", "when.queue[1]")]
    [TestCase("""{ "name": "p", "terms": {}, "when": { "locale": ["fi", "xx"] } }""", "when.locale[1]")]
    [TestCase("""{ "name": "p", "terms": {}, "when": { "queues": ["a"] } }""", "when.queues")]
    [TestCase("""{ "name": "p", "terms": {}, "reopenWindow": "-P1D" }""", "reopenWindow")]
    [TestCase("""{ "name": "p", "terms": {}, "reopenWindow": "P1M" }""", "reopenWindow")]
    [TestCase("""{ "name": "p", "terms": {}, "reopenTarget": "PT0S" }""", "reopenTarget")]
    public Task What_breaks_a_rule_is_refused_by_its_name(string json, string member) => Post(json).Refuses(member);

    [TestCase("""{ "callback": { "target": "PT1H" } }""", "terms.callback")]
    [TestCase("""{ "firstResponse": { "target": "PT1H" } }""", "terms.firstResponse")]
    [TestCase("""{ "first_response": {} }""", "terms.first_response.target")]
    [TestCase("""{ "first_response": { "target": "PT0S" } }""", "terms.first_response.target")]
    [TestCase("""{ "first_response": { "target": "-PT1H" } }""", "terms.first_response.target")]
    [TestCase("""{ "first_response": { "target": "P365250D" } }""", "terms.first_response.target")]
    [TestCase("""{ "first_response": { "target": "P1Y" } }""", "terms.first_response.target")]
    [TestCase("""{ "first_response": { "target": "two hours" } }""", "terms.first_response.target")]
    [TestCase("""{ "first_response": { "target": "PT2H", "lead": "PT1H", "renewBy": "PT30M" } }""", "terms.first_response.renewBy")]
    [TestCase("""{ "first_response": { "target": "PT2H", "lead": "PT90M" } }""", "terms.first_response.lead")]
    [TestCase("""{ "first_response": { "target": "PT2H", "renewBy": "PT0S" } }""", "terms.first_response.renewBy")]
    [TestCase("""{ "first_response": { "target": "PT2H", "lead": "PT0S" } }""", "terms.first_response.lead")]
    [TestCase("""{ "first_response": { "target": "PT2H", "cushion": "-PT1H" } }""", "terms.first_response.cushion")]
    [TestCase("""{ "first_response": { "target": "PT2H", "hours": "office" } }""", "terms.first_response.hours")]
    [TestCase("""{ "first_response": { "target": "PT2H", "maxRenewals": -1 } }""", "terms.first_response.maxRenewals")]
    [TestCase("""{ "first_response": { "target": "PT2H", "pausesIn": ["resolved"] } }""", "terms.first_response.pausesIn")]
    [TestCase("""{ "first_response": { "target": "PT2H", "pausesIn": ["asleep"] } }""", "terms.first_response.pausesIn[0]")]
    [TestCase("""{ "first_response": { "target": "PT2H", "byPriority": { "critical": {} } } }""", "terms.first_response.byPriority.critical")]
    [TestCase("""{ "first_response": { "target": "PT2H", "byPriority": { "urgent": { "target": "PT0S" } } } }""", "terms.first_response.byPriority.urgent.target")]
    [TestCase("""{ "first_response": { "target": "PT2H", "ladder": [{ "at": "0%", "do": "notify", "to": "lead" }] } }""", "terms.first_response.ladder[0].at")]
    [TestCase("""{ "first_response": { "target": "PT2H", "ladder": [{ "at": "75%", "do": "shout", "to": "lead" }] } }""", "terms.first_response.ladder[0].do")]
    [TestCase("""{ "first_response": { "target": "PT2H", "ladder": [{ "at": "75%", "do": "notify" }] } }""", "terms.first_response.ladder[0].to")]
    [TestCase("""{ "first_response": { "target": "PT2H", "ladder": [{ "at": "-PT1H", "from": "lapse", "do": "raise_priority" }] } }""", "terms.first_response.ladder[0].at")]
    [TestCase("""{ "first_response": { "goal": "PT2H" } }""", "terms.first_response.goal")]
    public async Task A_term_that_breaks_a_rule_is_refused_by_its_name_when_made_and_when_changed(string terms, string member)
    {
        await Post(With(terms)).Refuses(member);
        await Patch(await Make(), $$"""{ "terms": {{terms}} }""").Refuses(member);
    }

    [TestCase("PT0.000001S")]
    [TestCase("P3652DT12H")]
    public async Task The_shortest_and_the_longest_term_are_taken(string target) => await Make(With($$"""{ "resolution": { "target": "{{target}}" } }"""));

    [Test]
    public async Task A_policy_needs_a_calendar_that_is_there()
    {
        var problem = await Post("""{ "name": "p", "calendarId": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f", "terms": {} }""")
            .Problem(HttpStatusCode.UnprocessableEntity, "unknown-calendar");
        Assert.That(problem["errors"]!["calendarId"], Is.Not.Null);
        var id = await Make();
        await Patch(id, """{ "calendarId": null }""").Refuses("calendarId");
        await desk.Admin.DeleteAsync($"/v1/policies/{id}");
        Assert.That((await desk.Admin.DeleteAsync($"/v1/calendars/{calendar}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await Post(With("{}")).Problem(HttpStatusCode.UnprocessableEntity, "unknown-calendar");
    }

    [Test]
    public async Task Policies_are_tried_in_the_order_that_was_set()
    {
        var (a, b, c) = (await Make(), await Make(), await Make());
        Assert.That(await InOrder(), Is.EqualTo(new[] { a, b, c }));
        Assert.That((await Order(c, a, b)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await InOrder(), Is.EqualTo(new[] { c, a, b }));
        await desk.Admin.DeleteAsync($"/v1/policies/{a}");
        var d = await Make();
        Assert.That(await InOrder(), Is.EqualTo(new[] { c, b, d }));
        var page = await desk.Admin.GetAsync("/v1/policies?limit=2").Json();
        Assert.That(await InOrder($"?limit=2&cursor={page["nextCursor"]}"), Is.EqualTo(new[] { d }));
    }

    [Test]
    public async Task An_order_names_every_policy_once()
    {
        var (a, b) = (await Make(), await Make());
        const string Nobody = "0195564e-1200-7a01-8f00-0a1b2c3d4e5f";
        Assert.That(await Order(a, a).Refuses("ids[1]"), Does.Contain("twice"));
        Assert.That(await Order(a, b, a).Refuses("ids[2]"), Does.Contain("twice"));
        Assert.That(await Order(b).Refuses("ids"), Does.Contain(a));
        await Order().Refuses("ids");
        await Order(a, Nobody).Refuses("ids[1]");
        await desk.Admin.Send(HttpMethod.Put, "/v1/policies/order", """{ "ids": ["first"] }""").Refuses("ids[0]");
        await desk.Admin.Send(HttpMethod.Put, "/v1/policies/order", "{}").Refuses("ids");
        Assert.That(await InOrder(), Is.EqualTo(new[] { a, b }));
    }

    [Test]
    public async Task Making_changing_and_ordering_at_once_disturb_nobody()
    {
        var (a, b) = (await Make(), await Make());
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).SelectMany(number => new[]
        {
            Patch(a, $$"""{ "description": "{{number}}" }"""), number % 2 == 0 ? Order(a, b) : Order(b, a), Patch(b, $$"""{ "description": "{{number}}" }"""),
        }));
        Assert.That(answers.Select(answer => (int)answer.StatusCode), Is.All.LessThan(300));
        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Make()));
        Assert.That(await InOrder(), Is.EquivalentTo(made.Concat([a, b])));
        Assert.That(await database.Ask<long>("select count(distinct position) from policies"), Is.EqualTo(8));
    }

    [Test]
    public async Task A_calendar_is_not_deleted_under_a_policy_that_takes_it_up_meanwhile()
    {
        for (var round = 0; round < 5; round++)
        {
            var made = await desk.Admin.Post("/v1/calendars", """{ "name": "c", "timeZone": "UTC", "week": { "mon": [["09:00","17:00"]] } }""").Json(HttpStatusCode.Created);
            var policy = Post($$"""{ "name": "p", "calendarId": "{{made["id"]}}", "terms": {} }""");
            var delete = desk.Admin.DeleteAsync($"/v1/calendars/{made["id"]}");
            Assert.That(((int)(await policy).StatusCode, (int)(await delete).StatusCode), Is.EqualTo((201, 409)).Or.EqualTo((422, 204)));
        }
    }
}
