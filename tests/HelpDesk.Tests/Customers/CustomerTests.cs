using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Access;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Customers;

public sealed class CustomerTests
{
    private const string Aino = """
        { "email": "Aino@Example.com ", "name": "Aino Virtanen", "locale": "fi-FI", "timeZone": "Europe/Helsinki", "tier": "gold",
          "preferredChannel": "inbox", "quietHours": { "from": "22:00", "to": "07:00" }, "optOut": true }
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

    [SetUp]
    public async Task Empty()
    {
        await database.ForgetEvents();
        await database.Execute("delete from customers");
    }

    private Task<JsonNode> Make(string json) => desk.Admin.Post("/v1/customers", json).Json(HttpStatusCode.Created);

    private Task<HttpResponseMessage> Patch(JsonNode customer, string json, params (string, string)[] headers) =>
        desk.Admin.Send(HttpMethod.Patch, $"/v1/customers/{customer["id"]}", json, "application/merge-patch+json", headers);

    private async Task<IReadOnlyList<string?>> Emails(string query) =>
        [.. (await desk.Admin.GetAsync("/v1/customers" + query).Json())["items"]!.AsArray().Select(item => (string?)item!["email"])];

    [Test]
    public async Task A_customer_is_made_and_read_back_with_the_address_in_lower_case()
    {
        var answer = await desk.Admin.Post("/v1/customers", Aino);
        var made = await answer.Json(HttpStatusCode.Created);
        var read = await desk.Admin.GetAsync(answer.Headers.Location!.ToString()).Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(JsonNode.DeepEquals(made, read), made + " " + read);
            Assert.That((string?)read["email"], Is.EqualTo("aino@example.com"));
            Assert.That(((string?)read["name"], (string?)read["locale"], (string?)read["timeZone"], (string?)read["tier"]),
                Is.EqualTo(("Aino Virtanen", "fi-FI", "Europe/Helsinki", "gold")));
            Assert.That((string?)read["preferredChannel"], Is.EqualTo("inbox"));
            Assert.That(read["quietHours"]!.ToJsonString(), Is.EqualTo("""{"from":"22:00","to":"07:00"}"""));
            Assert.That((bool?)read["optOut"], Is.True);
            Assert.That(answer.Headers.ETag!.Tag, Is.EqualTo("\"1\""));
        }
    }

    [Test]
    public async Task Nothing_has_to_be_said_of_a_customer()
    {
        var made = await Make("{}");
        using (Assert.EnterMultipleScope())
        {
            foreach (var member in new[] { "email", "name", "locale", "timeZone", "tier", "quietHours", "unreachableSince" })
            {
                Assert.That(made.AsObject().ContainsKey(member) && made[member] is null, member);
            }
            Assert.That(((string?)made["preferredChannel"], (bool?)made["optOut"]), Is.EqualTo(("email", false)));
        }
    }

    [TestCase("""{ "email": "not an address" }""", "email")]
    [TestCase("""{ "email": "" }""", "email")]
    [TestCase("""{ "email": "a@example.com, b@example.com" }""", "email")]
    [TestCase("""{ "email": "Aino <aino@example.com>" }""", "email")]
    [TestCase("""{ "email": "aino@example.com\r\nBcc: x@example.com" }""", "email")]
    [TestCase("""{ "name": "" }""", "name")]
    [TestCase("""{ "tier": "  " }""", "tier")]
    [TestCase("""{ "locale": "xx" }""", "locale")]
    [TestCase("""{ "locale": "fi-XX" }""", "locale")]
    [TestCase("""{ "locale": "fi_FI" }""", "locale")]
    [TestCase("""{ "locale": "finnish" }""", "locale")]
    [TestCase("""{ "locale": "" }""", "locale")]
    [TestCase("""{ "timeZone": "Europe/Nowhere" }""", "timeZone")]
    [TestCase("""{ "timeZone": "UTC+3" }""", "timeZone")]
    [TestCase("""{ "timeZone": "" }""", "timeZone")]
    [TestCase("""{ "preferredChannel": "pigeon" }""", "preferredChannel")]
    [TestCase("""{ "preferredChannel": null }""", "preferredChannel")]
    [TestCase("""{ "quietHours": { "from": "22:00", "to": "22:00" } }""", "quietHours.to")]
    [TestCase("""{ "quietHours": { "from": "22:00" } }""", "quietHours.to")]
    [TestCase("""{ "quietHours": { "from": "22:00", "to": "24:00" } }""", "quietHours.to")]
    [TestCase("""{ "quietHours": { "from": "22:00", "to": "07:00", "zone": "UTC" } }""", "quietHours.zone")]
    [TestCase("""{ "e-mail": "aino@example.com" }""", "e-mail")]
    [TestCase("""{ "unreachableSince": "2026-03-02T08:00:00Z" }""", "unreachableSince")]
    public async Task What_breaks_a_rule_is_refused_by_its_name_when_made_and_when_changed(string json, string member)
    {
        await desk.Admin.Post("/v1/customers", json).Refuses(member);
        if (json.Contains("null", StringComparison.Ordinal)) return;
        await Patch(await Make("{}"), json).Refuses(member);
    }

    [TestCase("pt-BR")]
    [TestCase("tr-DE")]
    [TestCase("zh-Hant-TW")]
    [TestCase("es-419")]
    [TestCase("sr-Latn")]
    [TestCase("de-CH-1996")]
    [TestCase("EN-us")]
    [TestCase("nds")]
    public async Task Any_known_language_is_taken_in_any_known_region(string locale) =>
        Assert.That((string?)(await Make($$"""{ "locale": "{{locale}}" }"""))["locale"], Is.EqualTo(locale));

    [Test]
    public async Task All_faults_are_named_at_once()
    {
        var problem = await desk.Admin.Post("/v1/customers", """{ "email": "x", "locale": "xx", "timeZone": "Mars/Olympus" }""")
            .Problem(HttpStatusCode.BadRequest, "validation");
        Assert.That(problem["errors"]!.AsObject().Select(error => error.Key), Is.EquivalentTo(new[] { "email", "locale", "timeZone" }));
    }

    [Test]
    public async Task No_two_customers_share_an_address_but_many_have_none()
    {
        await Make(Aino);
        var problem = await desk.Admin.Post("/v1/customers", """{ "email": "AINO@example.com" }""").Problem(HttpStatusCode.Conflict, "customer-exists");
        Assert.That((string?)problem["detail"], Does.Contain("/v1/customers?email=aino%40example.com"));
        var other = await Make("{}");
        await Make("{}");
        await Patch(other, """{ "email": "aino@example.com", "name": "Other" }""").Problem(HttpStatusCode.Conflict, "customer-exists");
        Assert.That((await desk.Admin.GetAsync($"/v1/customers/{other["id"]}").Json())["name"], Is.Null, "nothing half-written");
    }

    [Test]
    public async Task Of_many_who_bring_the_same_address_at_once_one_makes_the_customer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => desk.Admin.Post("/v1/customers", """{ "email": "race@example.com" }""")));
        Assert.That(answers.Select(answer => answer.StatusCode).Order(),
            Is.EqualTo(Enumerable.Repeat(HttpStatusCode.Conflict, 11).Prepend(HttpStatusCode.Created)));
        Assert.That(await database.Ask<long>("select count(*) from events where type = 'customer.created'"), Is.EqualTo(1));
    }

    [TestCase("Çağrı@örnek.example", "çağrı@örnek.example")]
    [TestCase("İ@example.com", "İ@example.com")]
    public async Task Addresses_outside_ASCII_are_kept(string given, string kept) =>
        Assert.That((string?)(await Make($$"""{ "email": "{{given}}" }"""))["email"], Is.EqualTo(kept));

    [Test]
    public async Task A_patch_changes_what_it_names_and_null_clears()
    {
        var made = await Make(Aino);
        var answer = await Patch(made, """{ "name": null, "email": null, "quietHours": { "to": "08:00" }, "preferredChannel": null, "tier": "silver" }""");
        var changed = await answer.Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((changed["name"], changed["email"]), Is.EqualTo(((JsonNode?)null, (JsonNode?)null)));
            Assert.That(changed["quietHours"]!.ToJsonString(), Is.EqualTo("""{"from":"22:00","to":"08:00"}"""));
            Assert.That(((string?)changed["preferredChannel"], (string?)changed["tier"], (string?)changed["locale"]), Is.EqualTo(("email", "silver", "fi-FI")));
            Assert.That(answer.Headers.ETag!.Tag, Is.EqualTo("\"2\""));
        }
        Assert.That((await Patch(made, """{ "quietHours": null }""").Json())["quietHours"], Is.Null);
    }

    [Test]
    public async Task A_patch_that_changes_nothing_leaves_version_and_events_alone()
    {
        var made = await Make(Aino);
        var answer = await Patch(made, """{ "email": "AINO@EXAMPLE.COM", "name": " Aino Virtanen" }""");
        Assert.That((answer.StatusCode, answer.Headers.ETag!.Tag), Is.EqualTo((HttpStatusCode.OK, "\"1\"")));
        Assert.That(await database.Ask<long>("select count(*) from events"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_new_address_counts_as_reachable_and_any_other_change_does_not()
    {
        var made = await Make(Aino);
        await database.Execute("update customers set unreachable_since = '2026-03-02T08:00:00Z'");
        Assert.That((string?)(await Patch(made, """{ "name": "Aino" }""").Json())["unreachableSince"], Is.EqualTo("2026-03-02T08:00:00Z"));
        Assert.That((await Patch(made, """{ "email": "aino@example.org" }""").Json())["unreachableSince"], Is.Null);
    }

    [Test]
    public async Task Preconditions_are_kept()
    {
        var made = await Make(Aino);
        await Patch(made, """{ "tier": "silver" }""", ("If-Match", "\"1\"")).Json();
        await Patch(made, """{ "tier": "bronze" }""", ("If-Match", "\"1\"")).Problem(HttpStatusCode.PreconditionFailed, "stale");
        var path = $"/v1/customers/{made["id"]}";
        Assert.That((await desk.Admin.Send(HttpMethod.Get, path, headers: ("If-None-Match", "\"2\""))).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That((await desk.Admin.Send(HttpMethod.Get, path, headers: ("If-None-Match", "\"1\""))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Changes_at_once_follow_each_other_and_none_is_lost()
    {
        var made = await Make("{}");
        string[] members = ["name", "tier"];
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Patch(made, $$"""{ "{{members[number % 2]}}": "v{{number}}" }""")));
        var last = await desk.Admin.GetAsync($"/v1/customers/{made["id"]}");
        var read = await last.Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
            Assert.That(answers.Select(answer => answer.Headers.ETag!.Tag), Is.Unique);
            Assert.That(last.Headers.ETag!.Tag, Is.EqualTo("\"11\""));
            Assert.That((read["name"], read["tier"]), Is.Not.EqualTo(((JsonNode?)null, (JsonNode?)null)));
        }
    }

    [Test]
    public async Task With_If_Match_only_one_of_many_changes_at_once_is_taken()
    {
        var made = await Make("{}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Patch(made, $$"""{ "name": "v{{number}}" }""", ("If-Match", "\"1\""))));
        Assert.That(answers.Select(answer => answer.StatusCode).Order(),
            Is.EqualTo(Enumerable.Repeat(HttpStatusCode.PreconditionFailed, 7).Prepend(HttpStatusCode.OK)));
    }

    [Test]
    public async Task The_list_is_paged_and_narrowed()
    {
        for (var number = 0; number < 5; number++) await Make($$"""{ "email": "c{{number}}@example.com", "tier": "{{(number % 2 == 0 ? "gold" : "silver")}}" }""");
        var first = await desk.Admin.GetAsync("/v1/customers?limit=2&tier=gold");
        var page = await first.Json();
        var rest = await desk.Admin.GetAsync($"/v1/customers?limit=2&tier=gold&cursor={page["nextCursor"]}").Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(item => (string?)item!["email"]),
                Is.EquivalentTo(new[] { "c0@example.com", "c2@example.com", "c4@example.com" }));
            Assert.That(first.Headers.GetValues("Link").Single(), Does.Contain("tier=gold").And.EndsWith("rel=\"next\""));
            Assert.That(rest["nextCursor"], Is.Null);
            Assert.That(await Emails("?email=C3@example.com"), Is.EqualTo(new[] { "c3@example.com" }));
            Assert.That(await Emails("?email=c3@example.com&tier=gold"), Is.Empty);
            Assert.That(await Emails(""), Has.Count.EqualTo(5));
        }
    }

    [Test]
    public async Task Events_tell_who_changed_which_customer_from_what_to_what()
    {
        var made = await Make(Aino);
        await Patch(made, """{ "name": "A. Virtanen", "quietHours": null }""").Json();
        var events = JsonNode.Parse((await database.Ask<string>("select json_agg(json_build_object('type', type, 'actor', actor, 'data', data) order by sequence)::text from events"))!)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(events.AsArray().Select(item => $"{item!["type"]} {item["actor"]} {item["data"]!["customerId"]}"),
                Is.EqualTo(new[] { $"customer.created admin {made["id"]}", $"customer.updated admin {made["id"]}" }));
            Assert.That(events[0]!["data"]!["changes"]!["name"]!.ToJsonString(), Is.EqualTo("""{"to":"Aino Virtanen","from":null}"""));
            Assert.That(JsonNode.DeepEquals(events[1]!["data"]!["changes"], JsonNode.Parse("""
                { "name": { "from": "Aino Virtanen", "to": "A. Virtanen" }, "quietHours": { "from": { "from": "22:00", "to": "07:00" }, "to": null } }
                """)), events[1]!.ToJsonString());
        }
    }

    [Test]
    public async Task Reading_and_writing_need_their_scopes()
    {
        var made = await Make(Aino);
        var key = await desk.Admin.Post("/v1/api-keys", $$"""{ "name": "reader", "scopes": ["{{Scopes.CustomersRead}}"] }""").Json(HttpStatusCode.Created);
        var reader = desk.With((string)key["key"]!);
        await reader.GetAsync($"/v1/customers/{made["id"]}").Json();
        await reader.Post("/v1/customers", "{}").Problem(HttpStatusCode.Forbidden, "forbidden");
        await desk.Anonymous.GetAsync("/v1/customers").Problem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Test]
    public async Task Who_is_not_there_is_not_found()
    {
        const string Nobody = "/v1/customers/0195564e-1200-7a01-8f00-0a1b2c3d4e5f";
        await desk.Admin.GetAsync(Nobody).Problem(HttpStatusCode.NotFound, "not-found");
        await desk.Admin.Send(HttpMethod.Patch, Nobody, "{}").Problem(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task A_character_that_the_database_cannot_keep_is_the_client_s_fault()
    {
        await desk.Admin.Post("/v1/customers", """{ "name": "a\u0000b" }""").Refuses("name");
        await desk.Admin.GetAsync("/v1/customers?tier=a%00b").Refuses("tier");
        Assert.That((await desk.Admin.Post("/v1/customers", """{ "name": "\ud800" }""")).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }
}
