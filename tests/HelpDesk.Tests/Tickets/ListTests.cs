using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

internal sealed class ListTests : DeskFixture
{
    private async Task<long[]> Ids(string query = "") => [.. (await Desk.Admin.GetAsync("/v1/tickets" + query).Json())["items"]!.AsArray().Select(item => (long)item!["id"]!)];

    private static long Id(JsonNode ticket) => (long)ticket["id"]!;

    [TestCase("queue=billing")]
    [TestCase("queue=other,billing")]
    [TestCase("queue=other&queue=billing")]
    [TestCase("assignee=agent-7")]
    [TestCase("assigned=true")]
    [TestCase("priority=high,urgent")]
    [TestCase("category=hardware")]
    [TestCase("tag=fire")]
    [TestCase("channel=web")]
    [TestCase("status=open")]
    [TestCase("status=open,closed&queue=billing")]
    [TestCase("requester=Ada@Example.org")]
    [TestCase("createdFrom=2026-03-02T09:00:00Z")]
    public async Task A_filter_finds_what_it_names(string query)
    {
        var other = await Open("\"channel\": \"phone\"", """{ "email": "other@example.org" }""");
        await Now("2026-03-02T09:00:00Z");
        var ticket = await Open(""" "queue": "billing", "assignee": "agent-7", "priority": "high", "category": "hardware", "tags": ["printer","fire"], "channel": "web" """);
        Assert.That(await Ids("?" + query), Is.EqualTo(new[] { Id(ticket) }));
        Assert.That(await Ids("?assigned=false"), Is.EqualTo(new[] { Id(other) }));
        Assert.That(await Ids("?queue=none"), Is.Empty);
        Assert.That(await Ids($"?requester={ticket["requesterId"]}"), Is.EqualTo(new[] { Id(ticket) }));
        Assert.That(await Ids("?createdTo=2026-03-02T09:00:00Z"), Is.EqualTo(new[] { Id(other) }), "createdTo is exclusive");
    }

    [TestCase("caf\u00e9", "cafe\u0301")]
    [TestCase("cafe\u0301", "caf\u00e9")]
    public async Task A_tag_is_found_whether_its_letters_and_marks_are_one_sign_or_two(string kept, string asked)
    {
        var ticket = await Open($$""" "tags": ["{{kept}}"] """);
        foreach (var tag in new[] { kept, asked }) Assert.That(await Ids($"?tag={Uri.EscapeDataString(tag)}"), Is.EqualTo(new[] { Id(ticket) }));
        Assert.That(await Ids("?tag=cafe,%EF%BF%BE"), Is.Empty);
        Assert.That((string?)(await Read(ticket))["tags"]![0], Is.EqualTo(kept), "kept as it was given");
    }

    [Test]
    public async Task Tickets_are_found_by_the_state_of_any_commitment_as_it_is_now()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock" }, "resolution": { "target": "P30D", "hours": "around_the_clock" } }""");
        var (late, kept, waiting, done) = (await Open(), await Open(), await Open(), await Open());
        await Said(kept, "agent");
        await Said(waiting, "agent", "\"status\": \"waiting_on_customer\"");
        await Said(done, "agent", "\"status\": \"resolved\"");
        Assert.That(await Ids("?state=overdue"), Is.Empty);
        await Now("2026-03-02T12:00:00.000001Z");
        Assert.That(await Ids("?state=overdue"), Is.EqualTo(new[] { Id(late) }), "no sweep has looked yet");
        await Advance("PT0S");
        Assert.That(await Ids("?state=overdue"), Is.EqualTo(new[] { Id(late) }));
        Assert.That(await Ids("?state=paused"), Is.EqualTo(new[] { Id(waiting) }));
        Assert.That(await Ids("?state=running&sort=createdAt"), Is.EqualTo(new[] { Id(late), Id(kept) }));
        Assert.That(await Ids("?state=kept&sort=createdAt"), Is.EqualTo(new[] { Id(kept), Id(waiting), Id(done) }));
        await Said(late, "agent");
        Assert.That(await Ids("?state=broken,overdue"), Is.EqualTo(new[] { Id(late) }));
        Assert.That(await Ids("?state=cancelled"), Is.Empty);
    }

    [Test]
    public async Task Tickets_are_sorted_by_creation_promise_and_change()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock", "byPriority": { "urgent": { "target": "PT1H" } } } }""", """ "when": { "queue": ["q"] } """);
        var first = await Open("\"queue\": \"q\"");
        await Now("2026-03-02T08:10:00Z");
        var second = await Open("\"queue\": \"q\", \"priority\": \"urgent\"");
        await Now("2026-03-02T08:20:00Z");
        var third = await Open();
        await Now("2026-03-02T08:30:00Z");
        await Patch(first, """{ "reason": "parts" }""");
        var (a, b, c) = (Id(first), Id(second), Id(third));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Ids(), Is.EqualTo(new[] { c, b, a }));
            Assert.That(await Ids("?sort=-createdAt"), Is.EqualTo(new[] { c, b, a }));
            Assert.That(await Ids("?sort=createdAt"), Is.EqualTo(new[] { a, b, c }));
            Assert.That(await Ids("?sort=-updatedAt"), Is.EqualTo(new[] { a, c, b }));
            Assert.That(await Ids("?sort=promisedAt"), Is.EqualTo(new[] { b, a }), "what promises nothing is left out");
            Assert.That(await Ids("?promisedBefore=2026-03-02T12:00:00Z"), Is.EqualTo(new[] { b }), "exclusive");
            Assert.That(await Ids("?promisedBefore=2026-03-02T12:00:00.000001Z"), Is.EqualTo(new[] { b, a }));
        }
    }

    [TestCase("createdAt")]
    [TestCase("-createdAt")]
    [TestCase("promisedAt")]
    [TestCase("-updatedAt")]
    public async Task Pages_cross_equal_instants_without_gap_or_repeat(string sort)
    {
        await Policy();
        for (var count = 0; count < 5; count++) await Open();
        await Now("2026-03-02T08:00:00.000001Z");
        for (var count = 0; count < 2; count++) await Open();
        var whole = await Ids($"?sort={sort}");
        Assert.That(whole, Has.Length.EqualTo(7).And.Unique);
        var seen = new List<long>();
        var address = $"/v1/tickets?sort={sort}&limit=2&status=new";
        while (address is not null)
        {
            var answer = await Desk.Admin.GetAsync(address);
            var page = await answer.Json();
            seen.AddRange(page["items"]!.AsArray().Select(item => (long)item!["id"]!));
            Assert.That((string?)page["nextCursor"] is null, Is.EqualTo(!answer.Headers.Contains("Link")));
            address = answer.Headers.TryGetValues("Link", out var links) ? links.Single()[1..links.Single().IndexOf('>', StringComparison.Ordinal)] : null;
        }

        Assert.That(seen, Is.EqualTo(whole));
    }

    [Test]
    public async Task A_listed_ticket_is_the_same_as_the_one_read()
    {
        await Policy();
        var ticket = await Open();
        var listed = (await Desk.Admin.GetAsync("/v1/tickets").Json())["items"]![0];
        Assert.That(JsonNode.DeepEquals(listed, await Read(ticket)));
    }

    [Test]
    public async Task A_cursor_of_one_order_does_not_lead_on_in_another()
    {
        await Open();
        await Open();
        var page = await Desk.Admin.GetAsync("/v1/tickets?limit=1").Json();
        await Desk.Admin.GetAsync($"/v1/tickets?limit=1&sort=createdAt&cursor={page["nextCursor"]}").Refuses("cursor");
    }

    [TestCase("sort=subject", "sort")]
    [TestCase("status=gone", "status")]
    [TestCase("priority=critical", "priority")]
    [TestCase("state=late", "state")]
    [TestCase("createdFrom=yesterday", "createdFrom")]
    [TestCase("createdTo=2026-03-02", "createdTo")]
    [TestCase("promisedBefore=soon", "promisedBefore")]
    [TestCase("limit=0", "limit")]
    [TestCase("limit=201", "limit")]
    [TestCase("cursor=abc", "cursor")]
    public async Task What_cannot_be_asked_is_refused_by_its_name(string query, string member) => await Desk.Admin.GetAsync($"/v1/tickets?{query}").Refuses(member);

    [Test]
    public async Task Messages_are_listed_from_the_oldest_page_by_page()
    {
        var ticket = await Open();
        for (var count = 1; count <= 4; count++) await Said(ticket, "agent", body: $"m{count}");
        var page = await Read(ticket, "/messages?limit=3");
        var rest = await Read(ticket, $"/messages?limit=3&cursor={page["nextCursor"]}");
        Assert.That(page["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(item => (string?)item!["body"]), Is.EqualTo(new[] { "It burns.", "m1", "m2", "m3", "m4" }));
        Assert.That(rest["nextCursor"], Is.Null);
        var one = await Read(ticket, $"/messages/{rest["items"]![0]!["id"]}");
        Assert.That(JsonNode.DeepEquals(one, rest["items"]![0]));
        await Get(await Open(), $"/messages/{one["id"]}").Problem(HttpStatusCode.NotFound, "not-found");
    }
}
