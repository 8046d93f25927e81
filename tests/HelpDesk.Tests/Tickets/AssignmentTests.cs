using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

internal sealed class AssignmentTests : DeskFixture
{
    private static string Line(JsonNode? item) => $"{item!["at"].Hour()} {item["from"] ?? "-"} {item["to"] ?? "-"} {item["actor"]}";

    [Test]
    public async Task Every_hand_that_a_ticket_has_been_in_is_listed_in_order()
    {
        var ticket = await Open(""" "assignee": "aino" """);
        await Now("2026-03-02T09:00:00Z");
        await Patch(ticket, """{ "queue": "q" }""").Json();
        await Patch(ticket, """{ "assignee": "kai", "queue": "r" }""").Json();
        await Now("2026-03-02T10:00:00Z");
        await Patch(ticket, """{ "assignee": null }""").Json();
        await Desk.Admin.Post("/v1/tickets/bulk", $$"""{ "ids": [{{ticket["id"]}}], "patch": { "assignee": "aino" } }""").Json();
        var items = (await Read(ticket, "/assignments"))["items"]!.AsArray();
        Assert.That(items.Select(Line), Is.EqualTo(new[] { "02 08:00 - aino admin", "02 09:00 aino kai admin", "02 10:00 kai - admin", "02 10:00 - aino admin" }));
        Assert.That(items.Select(item => (string?)item!["requestId"]), Is.All.Not.Null);
    }

    [Test]
    public async Task It_is_paged_and_empty_where_nobody_had_it()
    {
        var ticket = await Open();
        Assert.That((await Read(ticket, "/assignments"))["items"]!.AsArray(), Is.Empty);
        foreach (var name in new[] { "a", "b", "c" }) await Patch(ticket, $$"""{ "assignee": "{{name}}" }""").Json();
        var first = await Read(ticket, "/assignments?limit=2");
        var second = await Read(ticket, $"/assignments?limit=2&cursor={first["nextCursor"]}");
        Assert.That(first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(item => (string?)item!["to"]), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(second["nextCursor"], Is.Null);
        await Desk.Admin.GetAsync("/v1/tickets/999999/assignments").Problem(HttpStatusCode.NotFound, "not-found");
    }
}
