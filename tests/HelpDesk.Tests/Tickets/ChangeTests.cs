using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

internal sealed class ChangeTests : DeskFixture
{
    private const string Standstill = """{ "next_response": { "target": "PT4H", "hours": "around_the_clock" }, "resolution": { "target": "PT8H", "hours": "around_the_clock" } }""";

    private Task<JsonNode> Change(JsonNode ticket, string json) => Patch(ticket, json).Json();

    [TestCase("queue")]
    [TestCase("category")]
    [TestCase("assignee")]
    [TestCase("externalRef")]
    [TestCase("reason")]
    public async Task A_blank_is_no_value(string member)
    {
        var ticket = await Open();
        await Patch(ticket, $$"""{ "{{member}}": "  " }""").Refuses(member);
        if (member != "reason") await PostTicket($$"""{ "subject": "s", "requester": { "email": "a@example.org" }, "{{member}}": "  " }""").Refuses(member);
        await Patch(ticket, """{ "tags": ["a", " "] }""").Refuses("tags[1]");
    }

    [TestCase("""{ "tags": ["a", "b", "a"] }""")]
    [TestCase("""{ "subject": "  Fire " }""")]
    [TestCase("""{ "assignee": "AGENT" }""")]
    [TestCase("""{ "customFields": null }""")]
    public async Task The_same_in_another_writing_is_no_change(string patch)
    {
        var agent = (await Desk.Admin.Post("/v1/agents", """{ "name": "Anna", "email": "anna@example.org", "role": "agent" }""").Json(HttpStatusCode.Created))["id"]!.ToString();
        var ticket = await Open();
        await Change(ticket, $$"""{ "subject": "Fire", "tags": ["a", "b"], "assignee": "{{agent}}" }""");
        var before = await Read(ticket, "/timeline?limit=200");
        await Change(ticket, patch.Replace("AGENT", agent.ToUpperInvariant()));
        Assert.That(JsonNode.DeepEquals(await Read(ticket, "/timeline?limit=200"), before));
        Assert.That((await Read(ticket, "/assignments"))["items"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [TestCase("subject", "\"Fire out\"")]
    [TestCase("status", "\"on_hold\"")]
    [TestCase("priority", "\"urgent\"")]
    [TestCase("queue", "\"billing\"")]
    [TestCase("category", "\"software\"")]
    [TestCase("tags", "[\"a\",\"b\"]")]
    [TestCase("customFields", "{\"floor\":4}")]
    [TestCase("externalRef", "\"crm-7\"")]
    [TestCase("assignee", "\"agent-7\"")]
    [TestCase("reason", "\"We wait for parts.\"")]
    public async Task A_member_is_changed_answered_read_back_and_logged(string member, string value)
    {
        var ticket = await Open();
        await Now("2026-03-02T08:05:00Z");
        var answer = await Patch(ticket, $$"""{ "{{member}}": {{value}} }""");
        var changed = await answer.Json();
        var read = await Get(ticket);
        Assert.That(changed[member]!.ToJsonString(), Is.EqualTo(value));
        Assert.That((answer.Headers.ETag?.Tag, read.Headers.ETag?.Tag), Is.EqualTo(("\"2\"", "\"2\"")));
        Assert.That(JsonNode.DeepEquals(changed, await read.Json()), $"{changed} {await read.Json()}");
        Assert.That((string?)changed["updatedAt"], Is.EqualTo("2026-03-02T08:05:00Z"));
        var entry = (await Read(ticket, "/timeline"))["items"]!.AsArray()[^1]!;
        Assert.That(((string?)entry["type"], entry["data"]!["changes"]![member]!["to"]!.ToJsonString()), Is.EqualTo(("ticket.updated", value)));
    }

    [Test]
    public async Task Null_removes_and_what_is_left_out_stays()
    {
        var ticket = await Open(""" "queue": "q", "category": "c", "tags": ["t"], "externalRef": "e", "assignee": "a", "customFields": { "a": 1, "b": { "c": 2, "d": 3 } } """);
        await Change(ticket, """{ "customFields": { "a": null, "b": { "c": 4 } } }""");
        Assert.That((await Read(ticket))["customFields"]!.ToJsonString(), Is.EqualTo("""{"b":{"c":4,"d":3}}"""));
        var changed = await Change(ticket, """{ "queue": null, "category": null, "tags": null, "externalRef": null, "assignee": null, "customFields": null }""");
        Assert.That((changed["queue"], changed["category"], changed["externalRef"], changed["assignee"]), Is.EqualTo(((JsonNode?)null, (JsonNode?)null, (JsonNode?)null, (JsonNode?)null)));
        Assert.That((changed["tags"]!.ToJsonString(), changed["customFields"]!.ToJsonString(), (string?)changed["subject"]), Is.EqualTo(("[]", "{}", "Printer on fire")));
    }

    [TestCase("""{ "subject": null }""", "subject")]
    [TestCase("""{ "subject": "a\nb" }""", "subject")]
    [TestCase("""{ "status": null }""", "status")]
    [TestCase("""{ "status": "done" }""", "status")]
    [TestCase("""{ "priority": null }""", "priority")]
    [TestCase("""{ "queue": "" }""", "queue")]
    [TestCase("""{ "tags": [""] }""", "tags[0]")]
    [TestCase("""{ "tags": [null] }""", "tags[0]")]
    [TestCase("""{ "requesterId": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f" }""", "requesterId")]
    [TestCase("""{ "colour": "red" }""", "colour")]
    public async Task What_cannot_be_is_refused_by_its_name_and_changes_nothing(string json, string member)
    {
        var ticket = await Open();
        await Patch(ticket, json).Refuses(member);
        Assert.That((await Get(ticket)).Headers.ETag?.Tag, Is.EqualTo("\"1\""));
    }

    [Test]
    public async Task A_stale_change_is_refused_and_changes_nothing()
    {
        var ticket = await Open();
        await Patch(ticket, """{ "queue": "a" }""", ("If-Match", "\"1\"")).Json();
        await Patch(ticket, """{ "queue": "b" }""", ("If-Match", "\"1\"")).Problem(HttpStatusCode.PreconditionFailed, "stale");
        Assert.That((string?)(await Read(ticket))["queue"], Is.EqualTo("a"));
        await Patch(ticket, """{ "queue": "c" }""").Json();
    }

    [Test]
    public async Task Of_many_changes_at_once_with_one_tag_one_wins()
    {
        var ticket = await Open();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Patch(ticket, $$"""{ "queue": "q{{number}}" }""", ("If-Match", "\"1\""))));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed), Is.EqualTo(5));
    }

    [TestCase("{}")]
    [TestCase("""{ "queue": "q", "tags": ["t"], "customFields": { "b": 1, "a": 2 } }""")]
    public async Task A_change_that_changes_nothing_leaves_the_version(string json)
    {
        var ticket = await Open(""" "queue": "q", "tags": ["t"], "customFields": { "b": 1, "a": 2 } """);
        Assert.That((await Patch(ticket, json)).Headers.ETag?.Tag, Is.EqualTo("\"1\""));
    }

    [Test]
    public async Task Taking_a_new_ticket_opens_it_and_answers_nobody()
    {
        await Policy();
        var ticket = await Change(await Open(), """{ "assignee": "agent-7" }""");
        Assert.That(((string?)ticket["status"], (string?)ticket.Last("first_response")["state"]), Is.EqualTo(("open", "running")));
        Assert.That((string?)(await Change(ticket, """{ "assignee": null }"""))["status"], Is.EqualTo("open"));
    }

    [Test]
    public async Task Waiting_stops_the_clock_and_the_customer_is_told_for_what_and_what_stands_still()
    {
        await Policy(Standstill);
        var ticket = await Open();
        await Now("2026-03-02T10:00:00Z");
        var paused = await Change(ticket, """{ "status": "waiting_on_customer", "reason": "Your invoice number" }""");
        var solution = paused.Last("resolution");
        Assert.That(((string?)solution["state"], solution["dueAt"], solution["promisedAt"], solution["followUpAt"]), Is.EqualTo(("paused", (JsonNode?)null, (JsonNode?)null, (JsonNode?)null)));
        Assert.That((string?)paused.Last("next_response")["state"], Is.EqualTo("running"), "a change of status is no answer");
        Assert.That(await LastText(ticket), Does.Contain("What we are waiting for: Your invoice number").And.Contain("- Solution, until now promised by Monday, 2 March 2026 at 16:00 (UTC)")
            .And.Not.Contain("Answer to your message"));
        await Now("2026-03-02T13:00:00Z");
        var resumed = await Change(ticket, """{ "status": "open" }""");
        Assert.That((resumed.Last("resolution").Ledger(), resumed.Last("resolution")["dueAt"].Hour()), Is.EqualTo(("02 16:00 withdrawn, 02 19:00 open", "02 19:00")));
        Assert.That(await LastText(ticket), Does.Contain("- Solution: by Monday, 2 March 2026 at 19:00 (UTC)"));
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement queued", "paused queued", "resumed queued" }));
    }

    [Test]
    public async Task Resolving_keeps_the_solution_cancels_the_unanswered_and_is_told()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock" }, "resolution": { "target": "PT8H", "hours": "around_the_clock" } }""");
        var ticket = await Change(await Open(), """{ "status": "resolved" }""");
        Assert.That(ticket.States(), Is.EqualTo(new[] { "first_response cancelled", "resolution kept" }));
        Assert.That(((string?)ticket.Last("first_response")["reason"], (string?)ticket["resolvedAt"]), Is.EqualTo(("resolved", Monday)));
        Assert.That(ticket["nextPromise"], Is.Null);
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement queued", "resolution queued" }));
    }

    [Test]
    public async Task A_closed_ticket_stays_closed()
    {
        var ticket = await Change(await Open(), """{ "status": "closed" }""");
        Assert.That(((string?)ticket["status"], (string?)ticket["closedAt"]), Is.EqualTo(("closed", Monday)));
        var problem = await Patch(ticket, """{ "status": "open", "queue": "q" }""").Problem(HttpStatusCode.Conflict, "ticket-closed");
        Assert.That((string?)problem["detail"], Does.Contain("closed"));
        Assert.That((await Read(ticket))["queue"], Is.Null, "nothing of it is taken");
        await Say(ticket, "agent", "\"status\": \"open\"").Problem(HttpStatusCode.Conflict, "ticket-closed");
        await Post(ticket, "/promises", """{ "words": "I will call", "promisedAt": "2026-03-03T08:00:00Z" }""").Problem(HttpStatusCode.Conflict, "ticket-over");
        Assert.That((await Read(ticket, "/messages"))["items"]!.AsArray(), Has.Count.EqualTo(1), "nothing half-written");
    }

    [TestCase("en", "What we were waiting for: The part comes from Tampere.")]
    [TestCase("fi", "Odotimme tätä: The part comes from Tampere.")]
    [TestCase("tr", "Beklediğimiz şuydu: The part comes from Tampere.")]
    public async Task The_reason_is_said_where_a_wait_made_the_dates_later(string locale, string words)
    {
        await Policy(Standstill);
        var ticket = await Open(requester: $$"""{ "email": "ada@example.org", "locale": "{{locale}}" }""");
        await Change(ticket, """{ "status": "on_hold", "reason": "The part comes from Tampere." }""");
        await Now("2026-03-02T10:00:00Z");
        await Change(ticket, """{ "status": "open" }""");
        Assert.That((await Outgoing(ticket))[^1], Is.EqualTo("resumed queued"));
        Assert.That(await LastText(ticket), Does.Contain(words));
    }

    [Test]
    public async Task The_reason_is_said_in_the_follow_up()
    {
        await Policy();
        var ticket = await Open();
        await Change(ticket, """{ "reason": "The part comes from Tampere." }""");
        await Advance("PT3H");
        Assert.That(await LastText(ticket), Does.Contain("The reason: The part comes from Tampere."));
    }
}
