using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Events.Feed;

internal sealed class FeedTests : FeedFixture
{
    [Test]
    public async Task Every_change_is_there_once_and_in_order()
    {
        await Policy();
        var cursor = await FromNowOn();
        var ticket = await Open();
        await Patch(ticket, """{ "priority": "high" }""").Json();
        await Said(ticket, "agent");
        var (events, next) = await ReadOn(cursor);
        Assert.That(Types(events).Where(type => type is "ticket.created" or "ticket.updated" or "message.created" or "promise.made" or "promise.kept"), Is.EqualTo(new[]
        {
            "ticket.created", "message.created", "promise.made", "ticket.updated", "message.created", "ticket.updated", "promise.kept",
        }));
        Assert.That(events.Where(item => ((string)item["type"]!).StartsWith("ticket.", StringComparison.Ordinal)).Select(item => (long)item["ticketId"]!), Is.All.EqualTo((long)ticket["id"]!));
        Assert.That((await ReadOn(next)).Events, Is.Empty);
        await Said(ticket, "customer");
        Assert.That(Types((await ReadOn(next, "&types=message.*")).Events), Is.EqualTo(new[] { "message.created" }));
    }

    [Test]
    public async Task An_event_says_what_the_audit_log_says()
    {
        var ticket = await Open();
        await Patch(ticket, """{ "priority": "high" }""", ("X-Request-Id", "r-1")).Json();
        var told = (await ReadOn(null, "&types=ticket.updated")).Events.Single();
        var logged = (await Desk.Admin.GetAsync("/v1/audit?type=ticket.updated").Json())["items"]![0]!;
        foreach (var member in new[] { "at", "type", "actor", "requestId", "ticketId", "commitmentId", "promiseId" }) Assert.That(told[member]?.ToJsonString(), Is.EqualTo(logged[member]?.ToJsonString()), member);
        Assert.That(((long)told["id"]!, (int)told["version"]!, told["data"]!.ToJsonString()), Is.EqualTo(((long)logged["sequence"]!, 1, logged["data"]!.ToJsonString())));
    }

    [Test]
    public async Task Pages_are_as_long_as_asked_for_and_go_on_where_they_ended()
    {
        for (var number = 0; number < 5; number++) await Open();
        var whole = (await ReadOn(null)).Events.Select(item => (long)item["id"]!).ToList();
        var parts = new List<long>();
        string? after = null;
        do
        {
            var page = await Page(after, "&limit=3");
            Assert.That(page["items"]!.AsArray(), Has.Count.LessThanOrEqualTo(3));
            parts.AddRange(page["items"]!.AsArray().Select(item => (long)item!["id"]!));
            after = (bool)page["hasMore"]! ? (string)page["next"]! : null;
            // What is written meanwhile comes after.
            if (parts.Count == 6) await Open();
        }
        while (after is not null);
        Assert.That(parts.Take(whole.Count), Is.EqualTo(whole));
        Assert.That(parts, Is.Unique);
    }

    [Test]
    public async Task What_commits_late_is_told_late_and_nobody_waits_for_it()
    {
        await using var slow = await Database.DataSource.OpenConnectionAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await Write(slow, 1, 1);
        var cursor = await FromNowOn();
        await using (var quick = await Database.DataSource.OpenConnectionAsync()) await Write(quick, 2, 2);
        var (before, next) = await ReadOn(cursor, "&types=ticket.updated");
        Assert.That(before.Select(item => (long)item["ticketId"]!), Is.EqualTo(new[] { 2 }));
        await transaction.CommitAsync();
        var (late, last) = await ReadOn(next, "&types=ticket.updated");
        Assert.That(late.Select(item => (long)item["ticketId"]!), Is.EqualTo(new[] { 1 }));
        Assert.That((await ReadOn(last)).Events, Is.Empty);
    }

    [Test]
    public async Task What_is_rolled_back_never_was()
    {
        var cursor = await FromNowOn();
        await using (var connection = await Database.DataSource.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await Write(connection, 1, 1);
        }

        Assert.That((await ReadOn(cursor)).Events, Is.Empty);
    }

    [Test]
    public async Task A_key_held_to_queues_reads_of_their_tickets_alone()
    {
        var cursor = await FromNowOn();
        var ours = await Open("\"queue\": \"sales\"");
        await Open("\"queue\": \"billing\"");
        await Open();
        var key = (string)(await Desk.Admin.Post("/v1/api-keys", """{ "name": "k", "scopes": ["events:read"], "queues": ["sales"] }""").Json(HttpStatusCode.Created))["key"]!;
        using var held = Desk.With(key);
        var events = (await ReadOn(cursor, "", held)).Events;
        Assert.That(events, Is.Not.Empty);
        Assert.That(events.Select(item => (long?)item["ticketId"]), Is.All.EqualTo((long)ours["id"]!));
    }

    [Test]
    public async Task Matters_of_keys_are_not_in_it()
    {
        var cursor = await FromNowOn();
        await Desk.Admin.Post("/v1/api-keys", """{ "name": "k", "scopes": ["tickets:read"] }""").Json(HttpStatusCode.Created);
        await Now("2026-03-02T09:00:00Z");
        Assert.That((await ReadOn(cursor)).Events, Is.Empty);
        await Desk.Admin.GetAsync("/v1/events?types=api_key.created").Refuses("types");
    }

    [TestCase("types=ticket.exploded", "types")]
    [TestCase("types=*", "types")]
    [TestCase("limit=0", "limit")]
    [TestCase("limit=5001", "limit")]
    [TestCase("limit=many", "limit")]
    [TestCase("after=yesterday", "after")]
    [TestCase("after=AAAA", "after")]
    [TestCase("after=AQEAAAAA", "after", TestName = "Rubbish_is_refused_by_name(a transaction 0)")]
    [TestCase("after=%F0%9F%94%A5", "after")]
    [TestCase("since=1", "since")]
    public async Task Rubbish_is_refused_by_name(string query, string member) => await Desk.Admin.GetAsync($"/v1/events?{query}").Refuses(member);

    [Test]
    public async Task A_cut_or_changed_cursor_is_refused_or_leads_nowhere_and_never_fails()
    {
        await Open();
        var cursor = (string)(await Page(null, "&limit=1"))["next"]!;
        var random = new Random(3);
        for (var times = 0; times < 200; times++)
        {
            var letters = cursor.ToCharArray();
            letters[random.Next(letters.Length)] = "AZaz09-_"[random.Next(8)];
            var text = new string(letters)[..random.Next(1, letters.Length + 1)];
            Assert.That((int)(await Desk.Admin.GetAsync($"/v1/events?after={text}")).StatusCode, Is.EqualTo(200).Or.EqualTo(400).Or.EqualTo(410), text);
        }
    }

    [Test]
    public async Task The_scope_is_asked_for()
    {
        var key = (string)(await Desk.Admin.Post("/v1/api-keys", """{ "name": "k", "scopes": ["tickets:read"] }""").Json(HttpStatusCode.Created))["key"]!;
        using var other = Desk.With(key);
        await other.GetAsync("/v1/events").Problem(HttpStatusCode.Forbidden, "forbidden");
        await other.GetAsync("/v1/events/stream").Problem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Test]
    public async Task After_a_restore_into_a_younger_cluster_old_cursors_lead_nowhere_and_all_is_there_once()
    {
        await Open();
        var (events, cursor) = await ReadOn(null);
        // As a dump brings them: with numbers of transactions that this cluster has not given yet.
        await Database.Execute("set local helpdesk.restored = 'on'; update events set transaction = (transaction::text::bigint + 1000000000)::text::xid8");
        using var restarted = StartAnother();
        await restarted.Admin.GetAsync($"/v1/events?after={cursor}").Problem(HttpStatusCode.Gone, "cursor-gone");
        var (again, next) = await ReadOn(null, client: restarted.Admin);
        Assert.That(again.Select(item => (long)item["id"]!), Is.EqualTo(events.Select(item => (long)item["id"]!)));
        Assert.That((await ReadOn(next, client: restarted.Admin)).Events, Is.Empty);
        await Open();
        Assert.That(Types((await ReadOn(next, "&types=ticket.created", restarted.Admin)).Events), Is.EqualTo(new[] { "ticket.created" }));
    }
}
