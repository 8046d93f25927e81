using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

internal sealed class BulkTests : DeskFixture
{
    private Task<HttpResponseMessage> TryBulk(string ids, string patch) => Desk.Admin.Post("/v1/tickets/bulk", $$"""{ "ids": [{{ids}}], "patch": {{patch}} }""");

    private async Task<IReadOnlyList<string>> Bulk(string ids, string patch) =>
        [.. (await TryBulk(ids, patch).Json())["items"]!.AsArray().Select(item => $"{item!["id"]} {item["status"]} {item["problem"]?["type"]}".Trim())];

    [Test]
    public async Task Each_ticket_is_changed_as_if_alone_and_answered_in_the_order_asked()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock", "byPriority": { "urgent": { "target": "PT1H" } } } }""");
        var (one, two) = (await Open(), await Open());
        Assert.That(await Bulk($"{two["id"]}, {one["id"]}, {two["id"]}", """{ "priority": "urgent", "assignee": "agent-7" }"""), Is.EqualTo(new[] { $"{two["id"]} 200", $"{one["id"]} 200" }));
        foreach (var ticket in new[] { one, two })
        {
            var read = await Get(ticket);
            var changed = await read.Json();
            Assert.That(((string?)changed["status"], changed["nextPromise"]!["promisedAt"].Hour(), read.Headers.ETag?.Tag), Is.EqualTo(("open", "02 09:00", "\"2\"")));
            Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement queued", "promise queued" }));
            Assert.That((await Read(ticket, "/timeline"))["items"]!.AsArray().Count(item => (string?)item!["type"] == "ticket.updated"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task What_cannot_be_changed_does_not_hold_up_the_others()
    {
        var (one, closed, two, named) = (await Open(), await Open(), await Open(), await Open(""" "externalRef": "7" """));
        await Patch(closed, """{ "status": "closed" }""").Json();
        Assert.That(await Bulk($"{one["id"]}, {closed["id"]}, 999999, {two["id"]}, -1", """{ "status": "on_hold" }"""), Is.EqualTo(new[]
        {
            $"{one["id"]} 200", $"{closed["id"]} 409 urn:helpdesk:ticket-closed", "999999 404 urn:helpdesk:not-found", $"{two["id"]} 200", "-1 404 urn:helpdesk:not-found",
        }));
        Assert.That((string?)(await Read(two))["status"], Is.EqualTo("on_hold"));
        Assert.That(await Bulk($"{one["id"]}, {named["id"]}", """{ "externalRef": "7" }"""), Is.EqualTo(new[] { $"{one["id"]} 409 urn:helpdesk:external-ref-taken", $"{named["id"]} 200" }));
        Assert.That((await TryBulk($"{one["id"]}", """{ "externalSource": "crm" }""").Json())["items"]![0]!["problem"]!["errors"]!["externalSource"], Is.Not.Null);
    }

    [Test]
    public async Task A_change_that_changes_nothing_is_fine_and_leaves_the_version()
    {
        var ticket = await Open();
        Assert.That(await Bulk($"{ticket["id"]}", "{}"), Is.EqualTo(new[] { $"{ticket["id"]} 200" }));
        Assert.That((await Get(ticket)).Headers.ETag?.Tag, Is.EqualTo("\"1\""));
    }

    [TestCase("1", """{ "colour": "red" }""", "patch.colour")]
    [TestCase("1", """{ "priority": "asap" }""", "patch.priority")]
    [TestCase("1", """{ "queue": "" }""", "patch.queue")]
    [TestCase("1", """{ "subject": null }""", "patch.subject")]
    [TestCase("1", "[]", "patch")]
    [TestCase("1", "null", "patch")]
    [TestCase("", "{}", "ids")]
    [TestCase("\"one\"", "{}", "ids[0]")]
    [TestCase("1.5", "{}", "ids[0]")]
    [TestCase("99999999999999999999", "{}", "ids[0]")]
    public async Task What_no_ticket_could_take_is_refused_as_a_whole(string ids, string patch, string member) => await TryBulk(ids, patch).Refuses(member);

    [Test]
    public async Task Five_hundred_are_taken_and_not_one_more()
    {
        Assert.That(await Bulk(string.Join(',', Enumerable.Range(1_000_000, 500)), "{}"), Has.Count.EqualTo(500).And.All.EndsWith("404 urn:helpdesk:not-found"));
        await TryBulk(string.Join(',', Enumerable.Range(1_000_000, 501)), "{}").Refuses("ids");
    }
}
