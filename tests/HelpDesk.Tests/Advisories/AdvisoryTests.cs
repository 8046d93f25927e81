using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Advisories;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Advisories;

/// <summary>What operators write of something that affects many.</summary>
internal sealed class AdvisoryTests : AdvisoryFixture
{
    [Test]
    public async Task An_advisory_is_made_read_changed_and_deleted_and_each_leaves_an_event()
    {
        var answer = await Desk.Admin.Post("/v1/advisories", $$"""{ "texts": {{Cards}}, "until": "2026-03-02T12:00:00+02:00", "when": { "queue": ["billing"] } }""");
        var made = await answer.Json(HttpStatusCode.Created);
        var path = answer.Headers.Location!.ToString();
        Assert.That(JsonNode.DeepEquals(made, await Desk.Admin.GetAsync(path).Json()));
        Assert.That(
            ((string?)made["from"], (string?)made["until"], (bool?)made["published"], (bool?)made["active"], made["when"]!.ToJsonString(), (string?)made["texts"]!["fi"]!["title"]),
            Is.EqualTo((Monday, "2026-03-02T10:00:00Z", false, true, """{"queue":["billing"]}""", "Korttimaksut eivät toimi")));
        var changed = await Desk.Admin.Patch(path, """{ "texts": { "fi": null, "tr": { "body": "Çözüldü." } }, "until": null, "when": null, "published": true }""").Json();
        Assert.That((changed["until"], changed["when"]!.ToJsonString(), (bool?)changed["published"], changed["from"]!.ToString()), Is.EqualTo(((JsonNode?)null, "{}", true, Monday)));
        Assert.That(changed["texts"]!.AsObject().Select(text => $"{text.Key}: {text.Value!["title"]} {text.Value["body"]}"), Is.EquivalentTo(new[]
        {
            "en: Card payments are failing We work on it with our provider.", "tr: Kartla ödeme yapılamıyor Çözüldü.",
        }));
        await Desk.Admin.Delete(path).Gone();
        await Desk.Admin.GetAsync(path).Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.Delete(path).Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.Patch(path, "{}").Problem(HttpStatusCode.NotFound, "not-found");
        Assert.That(
            await Database.Ask<string>("select string_agg(type || ' ' || actor || ' ' || coalesce(data -> 'changes' ->> 'published', '-'), '; ' order by sequence) from events where type like 'advisory.%'"),
            Is.EqualTo("""advisory.created admin {"to": false, "from": null}; advisory.updated admin {"to": true, "from": false}; advisory.deleted admin {"to": null, "from": true}"""));
    }

    [Test]
    public async Task It_is_changed_only_as_it_was_read_where_that_is_asked()
    {
        var answer = await Desk.Admin.Post("/v1/advisories", $$"""{ "texts": {{Cards}} }""");
        var (path, tag) = (answer.Headers.Location!.ToString(), answer.Headers.ETag!.ToString());
        Assert.That((await Desk.Admin.Send(HttpMethod.Get, path, headers: ("If-None-Match", tag))).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        var same = await Desk.Admin.Patch(path, """{ "published": false }""", ("If-Match", tag));
        Assert.That(same.Headers.ETag!.ToString(), Is.EqualTo(tag), "nothing changed");
        var next = (await Desk.Admin.Patch(path, """{ "published": true }""", ("If-Match", tag))).Headers.ETag!.ToString();
        await Desk.Admin.Patch(path, """{ "published": false }""", ("If-Match", tag)).Problem(HttpStatusCode.PreconditionFailed, "stale");
        await Desk.Admin.Delete(path, ("If-Match", tag)).Problem(HttpStatusCode.PreconditionFailed, "stale");
        await Desk.Admin.Delete(path, ("If-Match", next)).Gone();
    }

    [Test]
    public async Task They_are_listed_page_by_page_and_by_whether_they_hold_now()
    {
        foreach (var (title, more) in new[]
        {
            ("over", """ "from": "2026-03-01T08:00:00Z", "until": "2026-03-02T08:00:00Z" """), ("now", ""), ("soon", """ "from": "2026-03-02T08:00:01Z" """), ("till", """ "until": "2026-03-02T08:00:00.000001Z" """),
        }) await Titled(title, more);
        Assert.That(await Listed(""), Is.EquivalentTo(new[] { "over", "now", "soon", "till" }));
        Assert.That(await Listed("?active=true"), Is.EquivalentTo(new[] { "now", "till" }));
        Assert.That(await Listed("?active=false"), Is.EquivalentTo(new[] { "over", "soon" }));
        await Desk.Admin.GetAsync("/v1/advisories?active=maybe").Refuses("active");
        await Desk.Admin.GetAsync("/v1/advisories?activ=true").Refuses("activ");
        var first = await Desk.Admin.GetAsync("/v1/advisories?active=true&limit=1").Json();
        var second = await Desk.Admin.GetAsync($"/v1/advisories?active=true&limit=1&cursor={first["nextCursor"]}").Json();
        Assert.That((first["items"]!.AsArray().Count, second["items"]!.AsArray().Count, second["nextCursor"]), Is.EqualTo((1, 1, (JsonNode?)null)));
        Assert.That((string)second["items"]![0]!["id"]!, Is.GreaterThan((string)first["items"]![0]!["id"]!));
    }

    [TestCase("""{ }""", "texts")]
    [TestCase("""{ "texts": null }""", "texts")]
    [TestCase("""{ "texts": {} }""", "texts")]
    [TestCase("""{ "texts": [] }""", "texts")]
    [TestCase("""{ "texts": { "en": null } }""", "texts.en")]
    [TestCase("""{ "texts": { "en": "x" } }""", "texts.en")]
    [TestCase("""{ "texts": { "en": { "title": "x" } } }""", "texts.en.body")]
    [TestCase("""{ "texts": { "en": { "title": " ", "body": "y" } } }""", "texts.en.title")]
    [TestCase("""{ "texts": { "en": { "title": "a\nb", "body": "y" } } }""", "texts.en.title")]
    [TestCase("""{ "texts": { "en": { "title": "x", "body": "\u0007" } } }""", "texts.en.body")]
    [TestCase("""{ "texts": { "en": { "title": "x", "body": "\n \t" } } }""", "texts.en.body")]
    [TestCase("""{ "texts": { "en": { "title": "x", "body": "y", "html": "z" } } }""", "texts.en.html")]
    [TestCase("""{ "texts": { "english": { "title": "x", "body": "y" } } }""", "texts.english")]
    [TestCase("""{ "texts": { "": { "title": "x", "body": "y" } } }""", "texts.")]
    [TestCase("""{ "texts": { "en": { "title": "x", "body": "y" }, "EN": { "title": "x", "body": "y" } } }""", "texts.EN")]
    [TestCase("""{ "texts": { "en": { "title": "x", "body": "y" } }, "from": "tomorrow" }""", "from")]
    [TestCase("""{ "texts": { "en": { "title": "x", "body": "y" } }, "until": "2026-03-02T08:00:00Z" }""", "until")]
    [TestCase("""{ "texts": { "en": { "title": "x", "body": "y" } }, "from": "2026-03-05T08:00:00Z", "until": "2026-03-05T07:00:00Z" }""", "until")]
    [TestCase("""{ "texts": { "en": { "title": "x", "body": "y" } }, "published": "yes" }""", "published")]
    [TestCase("""{ "texts": { "en": { "title": "x", "body": "y" } }, "when": { "queue": [] } }""", "when.queue")]
    [TestCase("""{ "texts": { "en": { "title": "x", "body": "y" } }, "when": { "priority": ["hasty"] } }""", "when.priority[0]")]
    [TestCase("""{ "texts": { "en": { "title": "x", "body": "y" } }, "when": { "locale": ["klingon"] } }""", "when.locale[0]")]
    [TestCase("""{ "texts": { "en": { "title": "x", "body": "y" } }, "when": { "customer": ["x"] } }""", "when.customer")]
    [TestCase("""{ "texts": { "en": { "title": "x", "body": "y" } }, "active": true }""", "active")]
    public async Task What_breaks_a_rule_is_refused_by_its_name(string json, string member)
    {
        await Desk.Admin.Post("/v1/advisories", json).Refuses(member);
        if (json.Contains("\"EN\"", StringComparison.Ordinal) || json is "{ }" or """{ "texts": {} }""" or """{ "texts": { "en": null } }""" or """{ "texts": { "en": { "title": "x" } } }""") return;
        await Desk.Admin.Patch($"/v1/advisories/{(await Advise())["id"]}", json).Refuses(member);
    }

    [Test]
    public async Task Texts_are_bounded_and_of_the_last_language_nobody_is_rid()
    {
        string Text(int title, int body) => $$"""{ "texts": { "en": { "title": "{{new string('ş', title)}}", "body": "{{new string('ş', body)}}" } } }""";
        var made = await Desk.Admin.Make("/v1/advisories", Text(200, 2000));
        await Desk.Admin.Post("/v1/advisories", Text(201, 1)).Refuses("texts.en.title");
        await Desk.Admin.Post("/v1/advisories", Text(1, 2001)).Refuses("texts.en.body");
        await Desk.Admin.Patch($"/v1/advisories/{made["id"]}", """{ "texts": { "en": null } }""").Refuses("texts");
        await Desk.Admin.Patch($"/v1/advisories/{made["id"]}", """{ "texts": { "EN": { "title": "x", "body": "y" } } }""").Refuses("texts.EN");
    }

    [Test]
    public async Task Only_so_many_hold_at_once_also_when_they_are_made_at_once()
    {
        await Database.Execute(
            """
            insert into advisories (id, row_version, texts, "from", until, published, "when", created_at, updated_at)
            select gen_random_uuid(), 1, '{"en":{"title":"x","body":"y"}}', '2026-03-01', case when n > 97 then timestamptz '2026-03-01T12:00:00Z' end, true, '{}', '2026-03-01', '2026-03-01'
            from generate_series(1, 120) n
            """);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Desk.Admin.Post("/v1/advisories", $$"""{ "texts": {{Cards}} }""")));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Created), Is.EqualTo(AdvisoryRules.MostAtOnce - 97));
        await Task.FromResult(answers.First(answer => answer.StatusCode != HttpStatusCode.Created)).Problem(HttpStatusCode.Conflict, "too-many-advisories");
        var over = await Titled("past", """ "from": "2026-03-01T00:00:00Z", "until": "2026-03-01T01:00:00Z" """);
        await Desk.Admin.Patch($"/v1/advisories/{over["id"]}", """{ "until": null }""").Problem(HttpStatusCode.Conflict, "too-many-advisories");
        Assert.That((await Public()).Count(), Is.EqualTo(97));
    }

    [Test]
    public async Task Who_may_read_policies_may_read_them_and_who_may_write_policies_may_write_them()
    {
        var id = (await Advise())["id"];
        var reader = await Key("policies:read");
        var writer = await Key("policies:write");
        await reader.GetAsync("/v1/advisories").Json();
        await reader.GetAsync($"/v1/advisories/{id}").Json();
        await reader.Post("/v1/advisories", "{}").Problem(HttpStatusCode.Forbidden, "forbidden");
        await reader.Delete($"/v1/advisories/{id}").Problem(HttpStatusCode.Forbidden, "forbidden");
        await writer.GetAsync("/v1/advisories").Problem(HttpStatusCode.Forbidden, "forbidden");
        await writer.Patch($"/v1/advisories/{id}", """{ "published": true }""").Json();
        await Desk.Anonymous.GetAsync("/v1/advisories").Problem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Test]
    public async Task Who_is_held_to_queues_reads_them_and_writes_none_as_with_policies()
    {
        var id = (await Advise(""" "when": { "queue": ["billing"] } """))["id"];
        var held = await Key("policies:read", "policies:write", """, "queues": ["sales"] """);
        Assert.That((string?)(await held.GetAsync($"/v1/advisories/{id}").Json())["when"]!["queue"]![0], Is.EqualTo("billing"));
        await held.Patch($"/v1/advisories/{id}", """{ "published": true }""").Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        Assert.That(await Public("", held), Is.Empty);
        await Desk.Admin.Patch($"/v1/advisories/{id}", """{ "published": true }""").Json();
        Assert.That(await Public("", held), Is.EqualTo(new[] { "Card payments are failing" }));
    }

    [Test]
    public async Task A_queue_that_one_names_keeps_its_name_until_it_is_over()
    {
        var queue = await Desk.Admin.Make("/v1/queues", """{ "name": "billing" }""");
        await Advise(""" "when": { "queue": ["billing"] }, "until": "2026-03-02T09:00:00Z" """);
        await Desk.Admin.Patch($"/v1/queues/{queue["id"]}", """{ "name": "money" }""").Problem(HttpStatusCode.Conflict, "queue-in-use");
        await Now("2026-03-02T09:00:00Z");
        await Desk.Admin.Patch($"/v1/queues/{queue["id"]}", """{ "name": "money" }""").Json();
    }

    private async Task<IEnumerable<string?>> Listed(string query) =>
        [.. (await Desk.Admin.GetAsync("/v1/advisories" + query).Json())["items"]!.AsArray().Select(item => (string?)item!["texts"]!["en"]!["title"])];

    private Task<HttpClient> Key(string scope) => Key(scope, scope, "");

    private async Task<HttpClient> Key(string scope, string other, string more) =>
        Desk.With((string)(await Desk.Admin.Make("/v1/api-keys", $$"""{ "name": "k", "scopes": {{new JsonArray([.. new[] { scope, other }.Distinct().Select(each => JsonValue.Create(each))]).ToJsonString()}}{{more}} }"""))["key"]!);
}
