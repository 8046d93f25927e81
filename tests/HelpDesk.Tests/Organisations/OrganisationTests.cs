using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Organisations;

internal sealed class OrganisationTests : DeskFixture
{
    private Task<JsonNode> Organisation(string domain = "example.com", string more = "") =>
        Desk.Admin.Make("/v1/organisations", $$"""{ "name": "Example Oy", "domains": ["{{domain}}"]{{more}} }""");

    private Task<JsonNode> Policy(string name, string tier, string target) => Desk.Admin.Make("/v1/policies", $$"""
        { "name": "{{name}}", "calendarId": "{{Calendar}}", "when": { "tier": ["{{tier}}"] }, "terms": { "first_response": { "target": "{{target}}" } } }
        """);

    [Test]
    public async Task An_organisation_is_made_read_changed_and_deleted_and_each_leaves_an_event()
    {
        var answer = await Desk.Admin.Post(
            "/v1/organisations", """{ "name": " Example Oy", "tier": "gold", "domains": ["Example.com", " b.example ", "example.com"], "externalRef": "crm-7", "note": "n" }""");
        var made = await answer.Json(HttpStatusCode.Created);
        var path = answer.Headers.Location!.ToString();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(JsonNode.DeepEquals(made, await Desk.Admin.GetAsync(path).Json()));
            Assert.That(((string?)made["name"], (string?)made["tier"], (string?)made["externalRef"], (string?)made["note"]), Is.EqualTo(("Example Oy", "gold", "crm-7", "n")));
            Assert.That(made["domains"]!.ToJsonString(), Is.EqualTo("""["example.com","b.example"]"""));
        }
        var changed = await Desk.Admin.Patch(path, """{ "domains": ["c.example", "example.com"], "tier": null }""").Json();
        Assert.That((changed["domains"]!.ToJsonString(), changed["tier"]), Is.EqualTo(("""["c.example","example.com"]""", (JsonNode?)null)));
        Assert.That(JsonNode.DeepEquals(changed, await Desk.Admin.GetAsync(path).Json()));
        await Desk.Admin.Delete(path).Gone();
        await Desk.Admin.GetAsync(path).Problem(HttpStatusCode.NotFound, "not-found");
        Assert.That(
            await Database.Ask<string>("select string_agg(type || ' ' || (data -> 'changes' -> 'domains' ->> 'to'), '; ' order by sequence) from events where type like 'organisation.%' and type not like '%deleted'"),
            Is.EqualTo("""organisation.created ["example.com", "b.example"]; organisation.updated ["c.example", "example.com"]"""));
        await Organisation();
    }

    [TestCase("""{ }""", "name")]
    [TestCase("""{ "name": "" }""", "name")]
    [TestCase("""{ "name": "a", "tier": " " }""", "tier")]
    [TestCase("""{ "name": "a", "domains": ["a@example.com"] }""", "domains[0]")]
    [TestCase("""{ "name": "a", "domains": ["b.example", ""] }""", "domains[1]")]
    [TestCase("""{ "name": "a", "domains": ["exa mple.com"] }""", "domains[0]")]
    [TestCase("""{ "name": "a", "domains": [null] }""", "domains[0]")]
    [TestCase("""{ "name": "a", "domains": "example.com" }""", "domains")]
    [TestCase("""{ "name": "a", "note": "" }""", "note")]
    [TestCase("""{ "name": "a", "externalRef": "" }""", "externalRef")]
    [TestCase("""{ "name": "a", "size": 3 }""", "size")]
    public async Task What_breaks_a_rule_is_refused_by_its_name(string json, string member)
    {
        await Desk.Admin.Post("/v1/organisations", json).Refuses(member);
        if (json != "{ }") await Desk.Admin.Patch($"/v1/organisations/{(await Organisation())["id"]}", json).Refuses(member);
    }

    [Test]
    public async Task No_two_organisations_share_a_domain_also_when_made_at_once()
    {
        string[] bodies = ["""{ "name": "a", "domains": ["a.example", "b.example"] }""", """{ "name": "b", "domains": ["b.example", "a.example"] }"""];
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Desk.Admin.Post("/v1/organisations", bodies[number % 2])));
        Assert.That(answers.Select(answer => answer.StatusCode).Order(), Is.EqualTo(Enumerable.Repeat(HttpStatusCode.Conflict, 7).Prepend(HttpStatusCode.Created)));
        var other = await Organisation();
        await Desk.Admin.Patch($"/v1/organisations/{other["id"]}", """{ "domains": ["A.example"] }""").Problem(HttpStatusCode.Conflict, "domain-taken");
        Assert.That(await Desk.Admin.Members("/v1/organisations?domain=B.example", "id"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_list_is_narrowed()
    {
        await Organisation("a.example", """, "tier": "gold", "externalRef": "1" """);
        await Organisation("b.example", """, "tier": "gold", "externalRef": "2" """);
        Assert.That(await Desk.Admin.Members("/v1/organisations?tier=gold&externalRef=2", "externalRef"), Is.EqualTo(new[] { "2" }));
        Assert.That(await Desk.Admin.Members("/v1/organisations?tier=gold", "externalRef"), Has.Count.EqualTo(2));
        Assert.That(await Desk.Admin.Members("/v1/organisations?domain=c.example", "externalRef"), Is.Empty);
    }

    [Test]
    public async Task A_new_customer_with_an_address_in_its_domains_joins_it_and_one_who_was_there_does_not()
    {
        var before = await Customer("""{ "email": "old@example.com" }""");
        var (organisation, other) = (await Organisation(), await Organisation("other.example"));
        var (id, otherId) = ((string?)organisation["id"], (string?)other["id"]);
        async Task<string?> Of(string json) => (string?)(await Customer(json))["organisationId"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await Desk.Admin.GetAsync($"/v1/customers/{before["id"]}").Json())["organisationId"], Is.Null);
            Assert.That(await Of("""{ "email": "Aino@EXAMPLE.com" }"""), Is.EqualTo(id));
            Assert.That(await Of("""{ "emails": ["aino@home.example", "aino2@other.example", "aino2@example.com"] }"""), Is.EqualTo(otherId), "the first address that belongs anywhere");
            Assert.That(await Of("""{ "email": "aino@sub.example.com" }"""), Is.Null);
            Assert.That(await Of($$"""{ "email": "guest@example.com", "organisationId": "{{otherId}}" }"""), Is.EqualTo(otherId));
            Assert.That(await Of("{}"), Is.Null);
        }
        Assert.That(await Desk.Admin.Members($"/v1/customers?organisation={otherId}", "email"), Is.EquivalentTo(new[] { "aino@home.example", "guest@example.com" }));
    }

    [Test]
    public async Task A_ticket_makes_a_customer_who_joins_it_and_policies_go_by_its_tier()
    {
        var organisation = await Organisation(more: """, "tier": "gold" """);
        var (gold, silver) = (await Policy("gold", "gold", "PT1H"), await Policy("silver", "silver", "PT4H"));
        var ticket = await Open(requester: """{ "email": "Ada@example.com", "name": "Ada" }""");
        var customer = await Desk.Admin.GetAsync($"/v1/customers/{ticket["requesterId"]}").Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)ticket["organisationId"], (string?)ticket["policyId"]), Is.EqualTo(((string?)organisation["id"], (string?)gold["id"])));
            Assert.That(JsonNode.DeepEquals(ticket, await Read(ticket)));
            Assert.That(((string?)customer["organisationId"], customer["tier"], (string?)customer["effectiveTier"]), Is.EqualTo(((string?)organisation["id"], (JsonNode?)null, "gold")));
        }
        Assert.That(
            await Database.Ask<string>("select concat_ws(' ', actor, data ->> 'customerId', data -> 'changes' -> 'email' ->> 'to', data -> 'changes' -> 'organisationId' ->> 'to') from events where type = 'customer.created'"),
            Is.EqualTo($"admin {ticket["requesterId"]} ada@example.com {organisation["id"]}"));
        await Desk.Admin.Patch($"/v1/customers/{ticket["requesterId"]}", """{ "tier": "silver" }""").Json();
        var own = await Open(requester: """{ "email": "ada@example.com" }""");
        Assert.That((string?)own["policyId"], Is.EqualTo((string?)silver["id"]), "her own tier counts more");
        var none = await Open(requester: """{ "email": "eve@else.example" }""");
        Assert.That((none["organisationId"], none["policyId"]), Is.EqualTo(((JsonNode?)null, (JsonNode?)null)));
        var list = await Desk.Admin.Members($"/v1/tickets?organisation={organisation["id"]}&sort=createdAt", "id");
        Assert.That(list, Is.EqualTo(new[] { ticket["id"]!.ToString(), own["id"]!.ToString() }));
        await Desk.Admin.GetAsync("/v1/tickets?organisation=example").Refuses("organisation");
    }

    [Test]
    public async Task A_ticket_keeps_the_organisation_it_was_opened_under()
    {
        var organisation = await Organisation();
        var ticket = await Open(requester: """{ "email": "ada@example.com" }""");
        var left = await Desk.Admin.Patch($"/v1/customers/{ticket["requesterId"]}", """{ "organisationId": null }""").Json();
        Assert.That((left["organisationId"], left["effectiveTier"]), Is.EqualTo(((JsonNode?)null, (JsonNode?)null)));
        Assert.That((string?)(await Read(ticket))["organisationId"], Is.EqualTo((string?)organisation["id"]));
        Assert.That((await Open(requester: """{ "email": "ada@example.com" }"""))["organisationId"], Is.Null);
    }

    [Test]
    public async Task One_with_customers_or_tickets_is_not_deleted()
    {
        var organisation = await Organisation();
        var path = $"/v1/organisations/{organisation["id"]}";
        var customer = await Customer("""{ "email": "ada@example.com" }""");
        await Desk.Admin.Delete(path).Problem(HttpStatusCode.Conflict, "organisation-in-use");
        await OpenFor(customer);
        await Desk.Admin.Patch($"/v1/customers/{customer["id"]}", """{ "organisationId": null }""").Json();
        await Desk.Admin.Delete(path).Problem(HttpStatusCode.Conflict, "organisation-in-use");
    }

    [Test]
    public async Task A_customer_s_organisation_must_be_there()
    {
        var problem = await Desk.Admin.Post("/v1/customers", """{ "organisationId": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f" }""")
            .Problem(HttpStatusCode.UnprocessableEntity, "no-such-organisation");
        Assert.That(problem["errors"]!["organisationId"], Is.Not.Null);
        var customer = await Customer("{}");
        await Desk.Admin.Patch($"/v1/customers/{customer["id"]}", """{ "organisationId": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f" }""")
            .Problem(HttpStatusCode.UnprocessableEntity, "no-such-organisation");
    }

    [Test]
    public async Task Deleting_it_and_joining_it_at_once_leaves_nobody_in_an_organisation_that_is_gone()
    {
        for (var round = 0; round < 5; round++)
        {
            var organisation = await Organisation($"r{round}.example");
            var joins = Enumerable.Range(0, 6).Select(number => Open(requester: $$"""{ "email": "c{{number}}@r{{round}}.example" }""")).ToList();
            var deleted = await Desk.Admin.Delete($"/v1/organisations/{organisation["id"]}");
            var tickets = await Task.WhenAll(joins);
            var isThere = deleted.StatusCode == HttpStatusCode.Conflict;
            Assert.That(isThere || deleted.StatusCode == HttpStatusCode.NoContent, deleted.ToString());
            foreach (var ticket in tickets) Assert.That(ticket["organisationId"] is null || isThere);
        }
    }

    [Test]
    public async Task Preconditions_are_kept() => await Desk.Admin.KeepsPreconditions($"/v1/organisations/{(await Organisation())["id"]}", """{ "note": "d" }""");

    [Test]
    public async Task They_are_read_and_written_with_the_scopes_of_customers()
    {
        var path = $"/v1/organisations/{(await Organisation())["id"]}";
        var key = await Desk.Admin.Make("/v1/api-keys", """{ "name": "k", "scopes": ["customers:read"] }""");
        await Desk.With((string)key["key"]!).GetAsync(path).Json();
        await Desk.With((string)key["key"]!).Delete(path).Problem(HttpStatusCode.Forbidden, "forbidden");
    }
}
