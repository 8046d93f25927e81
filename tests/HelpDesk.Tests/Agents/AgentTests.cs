using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Agents;

internal sealed class AgentTests : DeskFixture
{
    private const string Veli = """
        { "name": " Veli Mäkinen", "email": " Veli@Example.com", "role": "lead", "queues": ["billing", "billing", "sales"], "restrictedToQueues": true,
          "locale": "fi-FI", "timeZone": "Europe/Helsinki" }
        """;

    private Task<JsonNode> Agent(string email = "veli@example.com", string more = "") => Desk.Admin.Make("/v1/agents", $$"""{ "name": "Veli", "email": "{{email}}"{{more}} }""");

    [Test]
    public async Task An_agent_is_made_read_changed_and_deleted_and_each_leaves_an_event()
    {
        var answer = await Desk.Admin.Post("/v1/agents", Veli);
        var made = await answer.Json(HttpStatusCode.Created);
        var path = answer.Headers.Location!.ToString();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(JsonNode.DeepEquals(made, await Desk.Admin.GetAsync(path).Json()));
            Assert.That(((string?)made["name"], (string?)made["email"], (string?)made["role"]), Is.EqualTo(("Veli Mäkinen", "veli@example.com", "lead")));
            Assert.That((made["queues"]!.ToJsonString(), (bool?)made["restrictedToQueues"], (bool?)made["active"]), Is.EqualTo(("""["billing","sales"]""", true, true)));
            Assert.That(((string?)made["locale"], (string?)made["timeZone"]), Is.EqualTo(("fi-FI", "Europe/Helsinki")));
        }
        var changed = await Desk.Admin.Patch(path, """{ "role": "admin", "restrictedToQueues": null, "queues": null, "locale": null }""").Json();
        Assert.That(((string?)changed["role"], (bool?)changed["restrictedToQueues"], changed["queues"]!.AsArray().Count, changed["locale"]), Is.EqualTo(("admin", false, 0, (JsonNode?)null)));
        await Desk.Admin.Delete(path).Gone();
        await Desk.Admin.GetAsync(path).Problem(HttpStatusCode.NotFound, "not-found");
        Assert.That(
            await Database.Ask<string>("select string_agg(type || ' ' || (data -> 'changes' ->> 'role'), '; ' order by sequence) from events where type like 'agent.%'"),
            Is.EqualTo("""agent.created {"to": "lead", "from": null}; agent.updated {"to": "admin", "from": "lead"}; agent.deleted {"to": null, "from": "admin"}"""));
    }

    [TestCase("""{ "email": "a@example.com" }""", "name")]
    [TestCase("""{ "name": "a" }""", "email")]
    [TestCase("""{ "name": " ", "email": "a@example.com" }""", "name")]
    [TestCase("""{ "name": "a\r\nb", "email": "a@example.com" }""", "name")]
    [TestCase("""{ "name": "a", "email": "a" }""", "email")]
    [TestCase("""{ "name": "a", "email": "a@example.com", "role": "boss" }""", "role")]
    [TestCase("""{ "name": "a", "email": "a@example.com", "queues": [""] }""", "queues[0]")]
    [TestCase("""{ "name": "a", "email": "a@example.com", "queues": [null] }""", "queues[0]")]
    [TestCase("""{ "name": "a", "email": "a@example.com", "restrictedToQueues": true }""", "queues")]
    [TestCase("""{ "name": "a", "email": "a@example.com", "restrictedToQueues": "yes" }""", "restrictedToQueues")]
    [TestCase("""{ "name": "a", "email": "a@example.com", "locale": "xx" }""", "locale")]
    [TestCase("""{ "name": "a", "email": "a@example.com", "timeZone": "Mars/Olympus" }""", "timeZone")]
    [TestCase("""{ "name": "a", "email": "a@example.com", "password": "x" }""", "password")]
    public async Task What_breaks_a_rule_is_refused_by_its_name(string json, string member)
    {
        await Desk.Admin.Post("/v1/agents", json).Refuses(member);
        if (JsonNode.Parse(json)!.AsObject().Count > 1) await Desk.Admin.Patch($"/v1/agents/{(await Agent())["id"]}", json).Refuses(member);
    }

    [Test]
    public async Task No_two_agents_share_an_address_also_when_made_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Desk.Admin.Post("/v1/agents", Veli)));
        Assert.That(answers.Select(answer => answer.StatusCode).Order(), Is.EqualTo(Enumerable.Repeat(HttpStatusCode.Conflict, 7).Prepend(HttpStatusCode.Created)));
        var other = await Agent("other@example.com");
        var problem = await Desk.Admin.Patch($"/v1/agents/{other["id"]}", """{ "email": "VELI@example.com" }""").Problem(HttpStatusCode.Conflict, "agent-exists");
        Assert.That((string?)problem["detail"], Does.Contain("/v1/agents?email=veli%40example.com"));
    }

    [Test]
    public async Task The_list_is_narrowed_by_address_queue_role_and_whether_active()
    {
        await Agent("a@example.com", """, "queues": ["x", "y"], "role": "lead" """);
        await Agent("b@example.com", """, "queues": ["y"], "active": false""");
        await Agent("c@example.com", """, "role": "admin" """);
        async Task<IReadOnlyList<string?>> Found(string query) => await Desk.Admin.Members("/v1/agents" + query, "email");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Found(""), Has.Count.EqualTo(3));
            Assert.That(await Found("?email=B@example.com"), Is.EqualTo(new[] { "b@example.com" }));
            Assert.That(await Found("?queue=y"), Is.EquivalentTo(new[] { "a@example.com", "b@example.com" }));
            Assert.That(await Found("?queue=y&active=true"), Is.EqualTo(new[] { "a@example.com" }));
            Assert.That(await Found("?role=lead,admin"), Is.EquivalentTo(new[] { "a@example.com", "c@example.com" }));
        }
        await Desk.Admin.GetAsync("/v1/agents?role=boss").Refuses("role");
        await Desk.Admin.GetAsync("/v1/agents?active=perhaps").Refuses("active");
    }

    [Test]
    public async Task An_agent_with_tickets_or_a_queue_to_lead_is_not_deleted()
    {
        var (assigned, leading) = (await Agent("a@example.com"), await Agent("b@example.com"));
        await Open($""" "assignee": "{((string)assigned["id"]!).ToUpperInvariant()}" """);
        await Desk.Admin.Make("/v1/queues", $$"""{ "name": "q", "leadIds": ["{{leading["id"]}}"] }""");
        await Desk.Admin.Delete($"/v1/agents/{assigned["id"]}").Problem(HttpStatusCode.Conflict, "agent-in-use");
        await Desk.Admin.Delete($"/v1/agents/{leading["id"]}").Problem(HttpStatusCode.Conflict, "agent-in-use");
    }

    [Test]
    public async Task Preconditions_are_kept() => await Desk.Admin.KeepsPreconditions($"/v1/agents/{(await Agent())["id"]}", """{ "name": "d" }""");
}
