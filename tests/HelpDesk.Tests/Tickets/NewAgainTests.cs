using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

/// <summary>A ticket is new while no agent has replied to it, taken it or resolved it.</summary>
internal sealed class NewAgainTests : DeskFixture
{
    private const string New = """{ "status": "new" }""";

    [Test]
    public async Task A_ticket_that_an_agent_answered_is_not_new_again()
    {
        var ticket = await Open();
        await Said(ticket, "agent");
        var problem = await Patch(ticket, """{ "status": "new", "queue": "q" }""").Problem(HttpStatusCode.Conflict, "not-new");
        Assert.That(((string?)problem["detail"], (string?)problem["errors"]!["status"]![0]), Is.EqualTo((
            "status cannot become new: a ticket is new while no agent has replied to it, taken it or resolved it.", "cannot become new: a ticket is new while no agent has replied to it, taken it or resolved it")));
        await Say(ticket, "customer", "\"status\": \"new\"").Problem(HttpStatusCode.Conflict, "not-new");
        Assert.That(((string?)(await Read(ticket))["status"], (string?)(await Read(ticket))["queue"]), Is.EqualTo(("open", (string?)null)), "nothing of it is taken");
    }

    [Test]
    public async Task Nor_by_the_reply_itself()
    {
        var ticket = await Open();
        await Say(ticket, "agent", "\"status\": \"new\"").Problem(HttpStatusCode.Conflict, "not-new");
        Assert.That((await Read(ticket, "/messages"))["items"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Nor_one_that_an_agent_took_until_she_gives_it_back()
    {
        var ticket = await Open();
        await Patch(ticket, """{ "assignee": "anna" }""").Json();
        await Patch(ticket, New).Problem(HttpStatusCode.Conflict, "not-new");
        var other = await Patch(await Open(), """{ "status": "open" }""").Json();
        await Patch(other, """{ "assignee": "anna", "status": "new" }""").Problem(HttpStatusCode.Conflict, "not-new");
        Assert.That((string?)(await Patch(ticket, """{ "assignee": null, "status": "new" }""").Json())["status"], Is.EqualTo("new"));
    }

    [Test]
    public async Task Nor_one_that_was_resolved()
    {
        var ticket = await Open();
        await Said(ticket, "agent");
        await Patch(ticket, """{ "status": "resolved" }""").Json();
        await Patch(ticket, New).Problem(HttpStatusCode.Conflict, "not-new");
        await Said(ticket, "customer");
        Assert.That((string?)(await Read(ticket))["status"], Is.EqualTo("open"));
        await Patch(ticket, New).Problem(HttpStatusCode.Conflict, "not-new");
        await Patch(ticket, """{ "status": "closed" }""").Json();
        await Patch(ticket, New).Problem(HttpStatusCode.Conflict, "ticket-closed");
    }

    [Test]
    public async Task A_new_ticket_may_be_said_to_be_new_and_one_that_nobody_dealt_with_may_become_so()
    {
        var ticket = await Open();
        Assert.That((string?)(await Patch(ticket, New).Json())["status"], Is.EqualTo("new"));
        await Said(ticket, "customer", "\"status\": \"new\"");
        await Said(ticket, "agent", "\"visibility\": \"internal\", \"status\": \"on_hold\"");
        Assert.That((string?)(await Patch(ticket, New).Json())["status"], Is.EqualTo("new"));
        Assert.That((string?)(await Patch(ticket, """{ "status": "new", "assignee": "anna" }""").Json())["status"], Is.EqualTo("open"), "taking it opens it");
    }

    [Test]
    public async Task Of_many_those_are_refused_that_cannot_be()
    {
        var (answered, untouched) = (await Open(), await Open());
        await Said(answered, "agent");
        var items = (await Desk.Admin.Post("/v1/tickets/bulk", $$"""{ "ids": [{{answered["id"]}}, {{untouched["id"]}}], "patch": {{New}} }""").Json())["items"]!.AsArray().OfType<JsonNode>().ToList();
        Assert.That(items.Select(item => ((int)item["status"]!, (string?)item["problem"]?["type"])), Is.EqualTo(new[] { (409, "urn:helpdesk:not-new"), (200, (string?)null) }));
        Assert.That((string?)items[0]["problem"]!["errors"]!["status"]![0], Does.StartWith("cannot become new"));
    }
}
