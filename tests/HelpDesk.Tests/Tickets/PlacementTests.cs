using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using HelpDesk.Web;

namespace HelpDesk.Tests.Tickets;

/// <summary>Where a ticket is put, and who is given it.</summary>
internal sealed class PlacementTests : DeskFixture
{
    private TestDesk strict = null!;

    [OneTimeSetUp]
    public void Start_a_strict_one() => strict = TestDesk.Start([("Sandbox:Clock", "true"), ("Mail:Folder", Folder), ("Tickets:KnownQueuesOnly", "true")], database: Database);

    [OneTimeTearDown]
    public void Stop_it() => strict.Dispose();

    private Task<JsonNode> Agent(string more = "") => Desk.Admin.Make("/v1/agents", $$"""{ "name": "Veli", "email": "veli@example.com"{{more}} }""");

    private static string Ticket(string more) => $$"""{ "subject": "s", "body": "b", "requester": {{Ada}}, {{more}} }""";

    [Test]
    public async Task A_queue_need_not_be_registered_unless_the_desk_is_told_so()
    {
        await Open(""" "queue": "anything" """);
        var problem = await strict.Admin.Post("/v1/tickets", Ticket(""" "queue": "anything" """)).Problem(HttpStatusCode.UnprocessableEntity, "no-such-queue");
        Assert.That(problem["errors"]!["queue"], Is.Not.Null);
        await Desk.Admin.Make("/v1/queues", """{ "name": "billing" }""");
        var ticket = await strict.Admin.Make("/v1/tickets", Ticket(""" "queue": "billing" """));
        await strict.Admin.Make("/v1/tickets", Ticket(""" "priority": "high" """));
        await strict.Admin.Patch($"/v1/tickets/{ticket["id"]}", """{ "queue": "else" }""").Problem(HttpStatusCode.UnprocessableEntity, "no-such-queue");
        await strict.Admin.Patch($"/v1/tickets/{ticket["id"]}", """{ "queue": null }""").Json();
        await strict.Admin.Post("/v1/agents", """{ "name": "a", "email": "a@example.com", "queues": ["billing", "else"] }""")
            .Problem(HttpStatusCode.UnprocessableEntity, "no-such-queue");
        Assert.That(await Database.Ask<long>("select count(*) from tickets"), Is.EqualTo(3));
    }

    [Test]
    public async Task A_ticket_that_lies_in_an_unregistered_queue_can_still_be_worked_on()
    {
        var ticket = await Open(""" "queue": "old" """);
        var path = $"/v1/tickets/{ticket["id"]}";
        await strict.Admin.Patch(path, """{ "priority": "high" }""").Json();
        await strict.Admin.Patch(path, """{ "status": "closed" }""").Json();
        var message = await strict.Admin.Make($"{path}/messages", """{ "author": "customer", "body": "It burns again." }""");
        Assert.That((string?)(await Desk.Admin.GetAsync($"/v1/tickets/{message["ticketId"]}").Json())["queue"], Is.EqualTo("old"));
    }

    [Test]
    public async Task Any_name_can_have_a_ticket_but_an_id_must_be_of_an_active_agent()
    {
        var (active, inactive) = ((string)(await Agent())["id"]!, (string)(await Desk.Admin.Make("/v1/agents", """{ "name": "x", "email": "x@example.com", "active": false }"""))["id"]!);
        Assert.That((string?)(await Open(""" "assignee": "anna" """))["assignee"], Is.EqualTo("anna"));
        var ticket = await Open($""" "assignee": "{active.ToUpperInvariant()}" """);
        Assert.That((string?)ticket["assignee"], Is.EqualTo(active), "an id is written in one way");
        foreach (var id in new[] { inactive, "0195564e-1200-7a01-8f00-0a1b2c3d4e5f" })
        {
            var problem = await PostTicket(Ticket($""" "assignee": "{id}" """)).Problem(HttpStatusCode.UnprocessableEntity, "no-such-agent");
            Assert.That(problem["errors"]!["assignee"], Is.Not.Null);
            await Patch(ticket, $$"""{ "assignee": "{{id}}" }""").Problem(HttpStatusCode.UnprocessableEntity, "no-such-agent");
        }
        await Desk.Admin.Patch($"/v1/agents/{active}", """{ "active": false }""").Json();
        Assert.That((string?)(await Patch(ticket, """{ "priority": "high" }""").Json())["assignee"], Is.EqualTo(active), "who has it keeps it");
        Assert.That((string?)(await Patch(ticket, """{ "assignee": "anna" }""").Json())["assignee"], Is.EqualTo("anna"));
    }

    [Test]
    public async Task Nothing_is_written_of_a_ticket_that_is_refused()
    {
        await PostTicket(Ticket(""" "assignee": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f" """)).Problem(HttpStatusCode.UnprocessableEntity, "no-such-agent");
        Assert.That(await Database.Ask<long>("select (select count(*) from tickets) + (select count(*) from customers) + (select count(*) from deliveries)"), Is.Zero);
    }

    [Test]
    public void What_the_setting_may_be_is_said_at_the_start() => Assert.That(
        () => TestDesk.Start([("Tickets:KnownQueuesOnly", "perhaps")], database: Database).Services,
        Throws.TypeOf<WrongConfiguration>().With.Message.EqualTo("Tickets:KnownQueuesOnly must be true or false, but is 'perhaps'."));
}
