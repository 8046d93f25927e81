using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using Microsoft.IdentityModel.Tokens;

namespace HelpDesk.Tests.Access;

/// <summary>Agents who come with a key of theirs, or with a token of the issuer.</summary>
internal sealed class AgentAccessTests
{
    private const string Agents = "/v1/agents";
    private static readonly RsaSecurityKey Key = FakeIssuer.Rsa("first");
    private static int made;

    private TestDatabase database = null!;
    private TestMachine machine = null!;
    private FakeIssuer issuer = null!;
    private TestDesk desk = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        database = TestDatabase.Create();
        machine = new(Instant.FromUtc(2026, 3, 2, 8, 0));
        issuer = await FakeIssuer.Start();
        issuer.Publish(Key);
        desk = Desk();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        desk.Dispose();
        await issuer.DisposeAsync();
        database.Dispose();
    }

    [Test]
    public async Task What_is_done_with_an_agents_key_she_does_and_in_her_queues_alone()
    {
        var agent = await Agent(""", "queues": ["sales", "billing"], "restrictedToQueues": true""");
        var caller = desk.With(await KeyOf(agent));
        await caller.Post("/v1/tickets", Ticket("support")).Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        var ticket = await caller.Post("/v1/tickets", Ticket("sales")).Json(HttpStatusCode.Created);
        Assert.That(await Actor(ticket), Is.EqualTo($"agent:{agent["id"]}"));
    }

    [Test]
    public async Task A_key_with_queues_of_its_own_opens_those_that_its_agent_has_too()
    {
        var agent = await Agent(""", "queues": ["sales", "billing"], "restrictedToQueues": true""");
        var caller = desk.With(await KeyOf(agent, """, "queues": ["billing", "support"]"""));
        foreach (var queue in new[] { "sales", "support" }) await caller.Post("/v1/tickets", Ticket(queue)).Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        await caller.Post("/v1/tickets", Ticket("billing")).Json(HttpStatusCode.Created);
    }

    [Test]
    public async Task An_agent_who_is_held_to_no_queue_sees_all()
    {
        var caller = desk.With(await KeyOf(await Agent(""", "queues": ["sales"]""")));
        await caller.Post("/v1/tickets", Ticket("support")).Json(HttpStatusCode.Created);
    }

    [Test]
    public async Task The_key_of_an_agent_who_left_is_good_no_more()
    {
        var agent = await Agent();
        var caller = desk.With(await KeyOf(agent));
        await caller.GetAsync("/v1/tickets").Json();
        await desk.Admin.Send(HttpMethod.Patch, $"{Agents}/{agent["id"]}", """{ "active": false }""").Json();
        machine.Now += Duration.FromSeconds(3);
        await caller.GetAsync("/v1/tickets").Problem(HttpStatusCode.Unauthorized, "unauthorized");
        await desk.Admin.DeleteAsync($"{Agents}/{agent["id"]}");
        machine.Now += Duration.FromSeconds(3);
        Assert.That((string?)(await caller.GetAsync("/v1/tickets").Problem(HttpStatusCode.Unauthorized, "unauthorized"))["detail"], Does.Contain("gone"));
    }

    [Test]
    public async Task A_key_is_made_for_an_active_agent_alone_and_never_an_admins_for_one_who_is_held_to_queues()
    {
        await Refused(Guid.Empty.ToString());
        await Refused("0195564e-1200-7a01-8f00-0a1b2c3d4e5f");
        await Refused((string)(await Agent(""", "active": false"""))["id"]!);
        var held = await Agent(""", "queues": ["sales"], "restrictedToQueues": true""");
        await desk.Admin.Post("/v1/api-keys", $$"""{ "name": "x", "scopes": ["admin"], "agentId": "{{held["id"]}}" }""").Refuses("agentId");

        Task Refused(string id) => desk.Admin.Post("/v1/api-keys", $$"""{ "name": "x", "scopes": ["tickets:read"], "agentId": "{{id}}" }""").Problem(HttpStatusCode.UnprocessableEntity, "no-such-agent");
    }

    [Test]
    public async Task An_admin_who_comes_to_be_held_to_queues_is_admin_no_more()
    {
        var agent = await Agent();
        var caller = desk.With((string)(await desk.Admin.Post("/v1/api-keys", $$"""{ "name": "x", "scopes": ["admin"], "agentId": "{{agent["id"]}}" }""").Json(HttpStatusCode.Created))["key"]!);
        await caller.GetAsync("/v1/audit").Json();
        await desk.Admin.Send(HttpMethod.Patch, $"{Agents}/{agent["id"]}", """{ "queues": ["sales"], "restrictedToQueues": true }""").Json();
        machine.Now += Duration.FromSeconds(3);
        await caller.GetAsync("/v1/audit").Problem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Test]
    public async Task A_token_with_an_agents_address_is_hers_in_whatever_case()
    {
        var agent = await Agent(""", "queues": ["sales"], "restrictedToQueues": true""");
        var caller = desk.With(Token(("email", ((string)agent["email"]!).ToUpperInvariant()), ("email_verified", true)));
        await caller.Post("/v1/tickets", Ticket("support")).Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        Assert.That(await Actor(await caller.Post("/v1/tickets", Ticket("sales")).Json(HttpStatusCode.Created)), Is.EqualTo($"agent:{agent["id"]}"));
    }

    [TestCase(false)]
    [TestCase("false")]
    public async Task An_address_that_the_issuer_has_not_verified_is_no_agents(object verified)
    {
        var agent = await Agent();
        var caller = desk.With(Token(("email", (string)agent["email"]!), ("email_verified", verified)));
        Assert.That(await Actor(await caller.Post("/v1/tickets", Ticket("sales")).Json(HttpStatusCode.Created)), Is.EqualTo("jwt:ada"));
    }

    [Test]
    public async Task A_token_of_an_agent_who_left_is_refused()
    {
        var agent = await Agent(""", "active": false""");
        await desk.With(Token(("email", (string)agent["email"]!))).GetAsync("/v1/tickets").Problem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Test]
    public async Task Where_only_agents_are_let_in_a_token_of_nobody_else_is_taken()
    {
        var agent = await Agent();
        using var strict = Desk(("Access:Oidc:AgentsOnly", "true"), ("Access:Oidc:AgentClaim", "agent"));
        await strict.With(Token()).GetAsync("/v1/tickets").Problem(HttpStatusCode.Unauthorized, "unauthorized");
        await strict.With(Token(("email", (string)agent["email"]!))).GetAsync("/v1/tickets").Problem(HttpStatusCode.Unauthorized, "unauthorized");
        await strict.With(Token(("agent", (string)agent["id"]!))).GetAsync("/v1/tickets").Json();
    }

    private string Token(params (string, object?)[] with) => issuer.Sign(Key, SecurityAlgorithms.RsaSha256, machine.Now, [("scope", "tickets:read tickets:write"), .. with]);

    private async Task<JsonNode> Agent(string more = "") =>
        await desk.Admin.Post(Agents, $$"""{ "name": "Anna", "email": "anna{{Interlocked.Increment(ref made)}}@example.org"{{more}} }""").Json(HttpStatusCode.Created);

    private async Task<string> KeyOf(JsonNode agent, string more = "") =>
        (string)(await desk.Admin.Post("/v1/api-keys", $$"""{ "name": "x", "scopes": ["tickets:read", "tickets:write"], "agentId": "{{agent["id"]}}"{{more}} }""").Json(HttpStatusCode.Created))["key"]!;

    private static string Ticket(string queue) => $$"""{ "subject": "x", "queue": "{{queue}}", "requester": { "name": "Ada" } }""";

    private Task<string?> Actor(JsonNode ticket) => database.Ask<string>("select actor from events where ticket_id = $1 and type = 'ticket.created'", (long)ticket["id"]!);

    private TestDesk Desk(params (string, string)[] settings) => TestDesk.Start(
        [("Access:Oidc:Authority", issuer.Address), ("Access:Oidc:Audience", FakeIssuer.Audience), .. settings], machine: machine, database: database);
}
