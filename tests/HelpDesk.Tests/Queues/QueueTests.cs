using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Queues;

internal sealed class QueueTests : DeskFixture
{
    private Task<JsonNode> Queue(string name = "billing") => Desk.Admin.Make("/v1/queues", $$"""{ "name": "{{name}}" }""");

    private Task<JsonNode> Agent(string more = "") => Desk.Admin.Make("/v1/agents", $$"""{ "name": "Veli", "email": "veli@example.com"{{more}} }""");

    [Test]
    public async Task A_queue_is_made_read_changed_and_deleted_and_each_leaves_an_event()
    {
        var lead = await Agent();
        var answer = await Desk.Admin.Post("/v1/queues", $$"""{ "name": " billing ", "description": "Invoices", "leadIds": ["{{lead["id"]}}", "{{lead["id"]}}"] }""");
        var made = await answer.Json(HttpStatusCode.Created);
        var path = answer.Headers.Location!.ToString();
        Assert.That(JsonNode.DeepEquals(made, await Desk.Admin.GetAsync(path).Json()));
        Assert.That(((string?)made["name"], (string?)made["description"], made["leadIds"]!.ToJsonString()), Is.EqualTo(("billing", "Invoices", $"[\"{lead["id"]}\"]")));
        var changed = await Desk.Admin.Patch(path, """{ "description": null, "leadIds": null }""").Json();
        Assert.That((changed["description"], changed["leadIds"]!.AsArray().Count), Is.EqualTo(((JsonNode?)null, 0)));
        await Desk.Admin.Delete(path).Gone();
        await Desk.Admin.GetAsync(path).Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.Delete(path).Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.Patch(path, "{}").Problem(HttpStatusCode.NotFound, "not-found");
        Assert.That(
            await Database.Ask<string>("select string_agg(type || ' ' || actor || ' ' || (data -> 'changes' ->> 'description'), '; ' order by sequence) from events where type like 'queue.%'"),
            Is.EqualTo("""queue.created admin {"to": "Invoices", "from": null}; queue.updated admin {"to": null, "from": "Invoices"}"""));
        Assert.That(await Database.Ask<string>("select data -> 'changes' ->> 'name' from events where type = 'queue.deleted'"), Is.EqualTo("""{"to": null, "from": "billing"}"""));
    }

    [TestCase("""{ }""", "name")]
    [TestCase("""{ "name": null }""", "name")]
    [TestCase("""{ "name": " " }""", "name")]
    [TestCase("""{ "name": "a\nb" }""", "name")]
    [TestCase("""{ "name": "a,b" }""", "name")]
    [TestCase("""{ "name": 3 }""", "name")]
    [TestCase("""{ "name": "a", "description": "" }""", "description")]
    [TestCase("""{ "name": "a", "leadIds": "x" }""", "leadIds")]
    [TestCase("""{ "name": "a", "leadIds": ["x"] }""", "leadIds[0]")]
    [TestCase("""{ "name": "a", "leadIds": [null] }""", "leadIds[0]")]
    [TestCase("""{ "name": "a", "colour": "red" }""", "colour")]
    [TestCase("""{ "name": "a", "id": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f" }""", "id")]
    public async Task What_breaks_a_rule_is_refused_by_its_name(string json, string member)
    {
        await Desk.Admin.Post("/v1/queues", json).Refuses(member);
        if (json == "{ }") return;
        await Desk.Admin.Patch($"/v1/queues/{(await Queue())["id"]}", json).Refuses(member);
    }

    [Test]
    public async Task A_lead_must_be_an_active_agent_when_made_one_and_may_be_deactivated_later()
    {
        var problem = await Desk.Admin.Post("/v1/queues", """{ "name": "a", "leadIds": ["0195564e-1200-7a01-8f00-0a1b2c3d4e5f"] }""")
            .Problem(HttpStatusCode.UnprocessableEntity, "no-such-agent");
        Assert.That(problem["errors"]!["leadIds[0]"], Is.Not.Null);
        var lead = await Agent();
        var queue = await Desk.Admin.Make("/v1/queues", $$"""{ "name": "a", "leadIds": ["{{lead["id"]}}"] }""");
        await Desk.Admin.Patch($"/v1/agents/{lead["id"]}", """{ "active": false }""").Json();
        await Desk.Admin.Patch($"/v1/queues/{queue["id"]}", """{ "description": "d" }""").Json();
        await Desk.Admin.Post("/v1/queues", $$"""{ "name": "b", "leadIds": ["{{lead["id"]}}"] }""").Problem(HttpStatusCode.UnprocessableEntity, "no-such-agent");
    }

    [Test]
    public async Task No_two_queues_share_a_name_in_whatever_case_also_when_made_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Desk.Admin.Post("/v1/queues", $$"""{ "name": "{{(number % 2 == 0 ? "Billing" : "billing")}}" }""")));
        Assert.That(answers.Select(answer => answer.StatusCode).Order(), Is.EqualTo(Enumerable.Repeat(HttpStatusCode.Conflict, 7).Prepend(HttpStatusCode.Created)));
        var other = await Queue("other");
        await Desk.Admin.Patch($"/v1/queues/{other["id"]}", """{ "name": "BILLING" }""").Problem(HttpStatusCode.Conflict, "queue-exists");
        Assert.That(await Desk.Admin.Members("/v1/queues?name=BILLING", "name"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_queue_in_use_keeps_its_name_and_its_place()
    {
        async Task IsInUse(JsonNode queue)
        {
            var path = $"/v1/queues/{queue["id"]}";
            await Desk.Admin.Patch(path, """{ "name": "else" }""").Problem(HttpStatusCode.Conflict, "queue-in-use");
            await Desk.Admin.Delete(path).Problem(HttpStatusCode.Conflict, "queue-in-use");
            await Desk.Admin.Patch(path, """{ "description": "d" }""").Json();
        }

        var (ofTickets, ofAgents, ofPolicies, free) = (await Queue("t"), await Queue("a"), await Queue("p"), await Queue("f"));
        var ticket = await Open(""" "queue": "t" """);
        await Agent(""", "queues": ["a"]""");
        var policy = await Policy(more: """ "when": { "queue": ["p"] } """);
        foreach (var queue in new[] { ofTickets, ofAgents, ofPolicies }) await IsInUse(queue);
        await Patch(ticket, """{ "queue": null }""").Json();
        await Desk.Admin.Delete($"/v1/policies/{policy}");
        foreach (var queue in new[] { ofTickets, ofPolicies, free }) await Desk.Admin.Delete($"/v1/queues/{queue["id"]}").Gone();
    }

    [Test]
    public async Task Preconditions_are_kept() => await Desk.Admin.KeepsPreconditions($"/v1/queues/{(await Queue())["id"]}", """{ "description": "d" }""");

    [Test]
    public async Task The_list_is_paged()
    {
        foreach (var name in new[] { "a", "b", "c" }) await Queue(name);
        var first = await Desk.Admin.GetAsync("/v1/queues?limit=2").Json();
        var rest = await Desk.Admin.GetAsync($"/v1/queues?limit=2&cursor={first["nextCursor"]}").Json();
        Assert.That(first["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(item => (string?)item!["name"]), Is.EquivalentTo(new[] { "a", "b", "c" }));
        Assert.That(rest["nextCursor"], Is.Null);
        await Desk.Admin.GetAsync("/v1/queues?nme=a").Refuses("nme");
    }

    [Test]
    public async Task Who_reads_tickets_reads_queues_and_only_the_admin_writes_them()
    {
        var key = await Desk.Admin.Make("/v1/api-keys", """{ "name": "k", "scopes": ["tickets:read", "tickets:write", "customers:write"] }""");
        var queue = await Queue();
        var agent = await Agent();
        var caller = Desk.With((string)key["key"]!);
        foreach (var path in new[] { $"/v1/queues/{queue["id"]}", $"/v1/agents/{agent["id"]}" })
        {
            await caller.GetAsync(path).Json();
            await caller.Patch(path, "{}").Problem(HttpStatusCode.Forbidden, "forbidden");
            await caller.Delete(path).Problem(HttpStatusCode.Forbidden, "forbidden");
            await Desk.Anonymous.GetAsync(path).Problem(HttpStatusCode.Unauthorized, "unauthorized");
        }
    }
}
