using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

internal sealed class MergeTests : DeskFixture
{
    private const string Slow = """ "queue": "slow" """;
    private const string Fast = """ "queue": "fast" """;
    private const string Bea = """{ "email": "bea@example.org", "name": "Bea", "locale": "en" }""";

    /// <summary>Eight hours to a first answer and a day to a solution in one queue, four hours to a first answer in the other.</summary>
    private async Task TwoPolicies()
    {
        await Policy("""{ "first_response": { "target": "PT8H", "hours": "around_the_clock" }, "resolution": { "target": "PT24H", "hours": "around_the_clock" } }""", """ "when": { "queue": ["slow"] } """);
        await Policy(Answer4H, """ "when": { "queue": ["fast"] } """);
    }

    private Task<HttpResponseMessage> TryMerge(JsonNode from, JsonNode? into) => Post(from, "/merge", $$"""{ "into": {{into}} }""");

    private Task<JsonNode> Merge(JsonNode from, JsonNode into) => TryMerge(from, into["id"]).Json();

    private async Task<IReadOnlyList<string>> Bodies(JsonNode ticket) => [.. (await Read(ticket, "/messages"))["items"]!.AsArray().Select(item => (string)item!["body"]!)];

    /// <summary>"recipient kind state" of what goes about a ticket, oldest first.</summary>
    private async Task<IReadOnlyList<string>> Mail(JsonNode ticket) =>
        [.. (await Deliveries(ticket)).Select(item => $"{((string)item["recipient"]!).Split('@')[0]} {item["kind"]} {item["state"]}")];

    private async Task<string> TextOf(string recipient, string kind) => (await Database.Ask<string>(
        "select subject || E'\\n' || text_body from deliveries where recipient = $1 and kind = $2 order by sequence desc limit 1", recipient, kind))!;

    [Test]
    public async Task The_earliest_promise_goes_on_with_its_ids_and_the_other_is_cancelled()
    {
        await TwoPolicies();
        var (slow, fast) = (await Open(Slow), await Open(Fast));
        var promised = fast.Last("first_response");
        await Now("2026-03-02T09:00:00Z");
        var survivor = await Merge(fast, slow);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(survivor.States(), Is.EquivalentTo(new[] { "first_response cancelled", "resolution running", "first_response running" }));
            var taken = survivor["commitments"]!.AsArray().Single(item => (string?)item!["id"] == (string?)promised["id"])!;
            Assert.That(((int?)taken["cycle"], taken["promises"]!.ToJsonString()), Is.EqualTo(((int?)2, promised["promises"]!.ToJsonString())));
            Assert.That((string?)survivor["commitments"]!.AsArray().Single(item => (string?)item!["state"] == "cancelled")!["reason"], Is.EqualTo("merged"));
            Assert.That((string?)survivor["nextPromise"]!["promisedAt"], Is.EqualTo("2026-03-02T12:00:00Z"));
        }

        var merged = await Read(fast);
        Assert.That(((string?)merged["status"], (long?)merged["mergedIntoId"], merged["commitments"]!.AsArray().Count), Is.EqualTo(("closed", (long?)slow["id"], 0)));
        Assert.That((await Bodies(slow), await Bodies(fast)), Is.EqualTo((new[] { "It burns.", "It burns." }, Array.Empty<string>())));
        Assert.That((string?)(await Read(fast, "/links"))["items"]![0]!["type"], Is.EqualTo("duplicates"));
        Assert.That((await Read(slow, "/timeline"))["items"]!.AsArray().Select(item => (string?)item!["type"]), Does.Contain("ticket.merged"));
        Assert.That((await Read(slow, "/explanation"))["commitments"]!.AsArray().Single(item => (string?)item!["id"] == (string?)promised["id"])!["steps"]!.AsArray(), Is.Not.Empty);
        Assert.That((await Get(slow)).Headers.ETag?.Tag, Is.EqualTo("\"2\""));
    }

    [Test]
    public async Task A_customer_of_both_is_told_once_what_holds_now()
    {
        await TwoPolicies();
        var (slow, fast) = (await Open(Slow), await Open(Fast));
        await Merge(slow, fast);
        Assert.That((await Mail(slow), await Mail(fast)), Is.EqualTo((new[] { "ada acknowledgement queued" }, new[] { "ada acknowledgement queued", "ada merged queued" })));
        var text = await LastText(fast);
        Assert.That(text, Does.Contain($"(#{slow["id"]}) together with your request #{fast["id"]}").And.Contain("First answer: by Monday, 2 March 2026 at 12:00 (UTC)\n")
            .And.Contain("Solution: by Tuesday, 3 March 2026 at 08:00 (UTC)\n"));
    }

    [Test]
    public async Task Another_customer_is_told_under_her_own_number_and_the_first_where_her_date_is_earlier_now()
    {
        await TwoPolicies();
        var (adas, beas) = (await Open(Slow), await Open(Fast, Bea));
        await Merge(beas, adas);
        var hers = await TextOf("bea@example.org", "merged");
        Assert.That(hers, Does.Contain($"[#{beas["id"]}]").And.Contain("together with another one about the same matter").And.Not.Contain($"#{adas["id"]}"));
        Assert.That(hers, Does.Contain("First answer: by Monday, 2 March 2026 at 12:00 (UTC)\n"), "what she was told holds");
        var adasLetter = await TextOf("ada@example.org", "promise");
        Assert.That(adasLetter, Does.Contain("First answer: by Monday, 2 March 2026 at 12:00 (UTC); we had said Monday, 2 March 2026 at 16:00 (UTC)").And.Not.Contain("Solution"));
    }

    [Test]
    public async Task Where_nothing_changes_for_the_customer_of_the_ticket_that_goes_on_she_is_not_written_to()
    {
        await TwoPolicies();
        var (fast, slow) = (await Open(Fast), await Open(""" "queue": "none" """, Bea));
        await Merge(slow, fast);
        Assert.That(await Mail(fast), Is.EqualTo(new[] { "ada acknowledgement queued", "bea merged queued" }));
    }

    [Test]
    public async Task Both_customers_are_followed_up_answered_and_told_of_the_solution()
    {
        await TwoPolicies();
        var (adas, beas) = (await Open(Fast), await Open(Fast, Bea));
        await Merge(beas, adas);
        await Advance("PT3H");
        await Said(adas, "agent");
        await Patch(adas, """{ "status": "resolved" }""").Json();
        Assert.That(await Mail(adas), Is.EqualTo(new[]
        {
            "ada acknowledgement sent", "bea merged sent", "ada follow_up sent", "bea follow_up sent", "ada reply queued", "bea reply queued", "ada resolution queued", "bea resolution queued",
        }));
        Assert.That(await TextOf("bea@example.org", "follow_up"), Does.Contain($"[#{beas["id"]}]").And.Not.Contain($"#{adas["id"]}"));
    }

    [Test]
    public async Task An_answer_takes_back_the_follow_up_of_both()
    {
        await TwoPolicies();
        var (adas, beas) = (await Open(Fast), await Open(Fast, Bea));
        await Merge(beas, adas);
        await Now("2026-03-02T11:00:00Z");
        await Sweep();
        await Said(adas, "agent");
        Assert.That((await Mail(adas)).Where(item => item.Contains("follow_up", StringComparison.Ordinal)), Is.EqualTo(new[] { "ada follow_up withdrawn", "bea follow_up withdrawn" }));
        Assert.That((await Read(adas)).Last("first_response").Ledger(), Is.EqualTo("02 12:00 kept, 02 14:00 withdrawn"));
    }

    [Test]
    public async Task Who_cannot_be_reached_does_not_keep_the_other_from_being_written_to()
    {
        await TwoPolicies();
        await Customer("""{ "email": "ada@example.org", "optOut": true }""");
        var (adas, beas) = (await Open(Fast), await Open(Fast, Bea));
        await Merge(beas, adas);
        await Advance("PT3H");
        Assert.That((await Mail(adas)).Where(item => item.Contains("follow_up", StringComparison.Ordinal)), Is.EqualTo(new[] { "bea follow_up sent" }));
    }

    [Test]
    public async Task A_follow_up_that_has_not_left_goes_over_with_what_it_tells_of_and_is_taken_back_by_the_answer()
    {
        await TwoPolicies();
        var fast = await Open(Fast);
        await Deliver();
        await Now("2026-03-02T11:00:00Z");
        await Sweep();
        var other = await Open(""" "queue": "none" """);
        await Merge(fast, other);
        Assert.That((await Read(other)).Last("first_response").Ledger(), Is.EqualTo("02 12:00 renewed, 02 14:00 open"));
        Assert.That(await Mail(other), Does.Contain("ada follow_up queued"));
        await Said(other, "agent");
        Assert.That(await Mail(other), Does.Contain("ada follow_up withdrawn"));
        Assert.That((await Read(other)).Last("first_response").Ledger(), Is.EqualTo("02 12:00 kept, 02 14:00 withdrawn"));
    }

    [Test]
    public async Task A_follow_up_that_goes_over_and_never_leaves_is_recalled_there()
    {
        await TwoPolicies();
        var fast = await Open(Fast);
        await Deliver();
        await Now("2026-03-02T11:00:00Z");
        await Sweep();
        var other = await Open(""" "queue": "none" """);
        await Merge(fast, other);
        await Now("2026-03-02T12:00:01Z");
        await Recall();
        Assert.That((await Read(other)).Last("first_response").Ledger(), Does.StartWith("02 12:00 broken, 02 14:00 withdrawn, ").And.EndsWith("open"));
        Assert.That(await Mail(other), Does.Contain("ada follow_up withdrawn").And.Contain("ada recovery queued"));
    }

    [Test]
    public async Task A_follow_up_of_what_is_given_up_is_not_sent_any_more()
    {
        await TwoPolicies();
        var one = await Open(Fast);
        await Deliver();
        await Now("2026-03-02T09:30:00Z");
        var two = await Open(Fast);
        await Deliver();
        await Now("2026-03-02T11:00:00Z");
        await Sweep();
        // Renewed to 14:00 and not told yet, against 13:30 there.
        await Merge(one, two);
        Assert.That((await Read(one)).Last("first_response").Ledger(), Is.EqualTo("02 12:00 renewed, 02 14:00 withdrawn"));
        Assert.That(await Mail(one), Is.EqualTo(new[] { "ada acknowledgement sent", "ada follow_up withdrawn" }));
        Assert.That(await LastText(two), Does.Contain("First answer: by Monday, 2 March 2026 at 13:30 (UTC)"));
    }

    [Test]
    public async Task What_is_posted_to_a_merged_ticket_goes_to_the_one_that_goes_on()
    {
        await TwoPolicies();
        var (one, two) = (await Open(Fast), await Open(Slow));
        var promise = (string?)(await Post(one, "/promises", """{ "words": "I will call", "promisedAt": "2026-03-03T13:00:00Z" }""").Json(HttpStatusCode.Created))["promises"]![0]!["id"];
        await Merge(one, two);
        var posted = await Say(one, "customer", body: "And the toner?");
        Assert.That(((long?)(await posted.Json(HttpStatusCode.Created))["ticketId"], posted.Headers.Location!.ToString()), Is.EqualTo(((long?)two["id"], $"/v1/tickets/{two["id"]}/messages/{(await posted.Json(HttpStatusCode.Created))["id"]}")));
        await Said(one, "agent", "\"status\": \"on_hold\"");
        Assert.That(await Bodies(two), Has.Count.EqualTo(4));
        Assert.That(((string?)(await Read(two))["status"], (string?)(await Read(one))["status"]), Is.EqualTo(("on_hold", "closed")));
        var kept = await Desk.Admin.Send(HttpMethod.Put, $"/v1/tickets/{one["id"]}/promises/{promise}/fulfilment").Json();
        Assert.That((string?)kept["state"], Is.EqualTo("kept"));
    }

    [Test]
    public async Task What_stood_still_goes_on_in_a_ticket_that_does()
    {
        await Policy("""{ "update": { "target": "PT8H", "hours": "around_the_clock" } }""");
        var (paused, going) = (await Open(), await Open(requester: Bea));
        await Said(paused, "agent", "\"status\": \"on_hold\"");
        var survivor = await Merge(paused, going);
        Assert.That(survivor.States(), Is.EqualTo(new[] { "update running" }));
        Assert.That((string?)survivor["nextPromise"]!["promisedAt"], Is.EqualTo("2026-03-02T16:00:00Z"));
        Assert.That(await Mail(going), Has.Member("ada merged queued"));
    }

    [Test]
    public async Task A_merged_ticket_follows_when_its_survivor_is_merged_in_turn()
    {
        await TwoPolicies();
        var (one, two, three) = (await Open(Fast), await Open(Slow, Bea), await Open(""" "queue": "none" """));
        await Merge(one, two);
        await Merge(two, three);
        Assert.That(((long?)(await Read(one))["mergedIntoId"], (long?)(await Read(two))["mergedIntoId"]), Is.EqualTo(((long?)three["id"], (long?)three["id"])));
        Assert.That((long?)(await Said(one, "customer"))["ticketId"], Is.EqualTo((long?)three["id"]));
        Assert.That((await Read(three))["commitments"]!.AsArray().Count(item => (string?)item!["state"] == "running"), Is.EqualTo(2));
        Assert.That((await Read(three, "/explanation"))["commitments"]!.AsArray().Select(item => item!["steps"]!.AsArray().Count), Is.All.GreaterThan(0));
    }

    [Test]
    public async Task What_cannot_be_merged_is_refused_and_changes_nothing()
    {
        await TwoPolicies();
        var (one, two, over, closed) = (await Open(Fast), await Open(Fast), await Open(Fast), await Open(Fast));
        await Patch(over, """{ "status": "resolved" }""").Json();
        await Patch(closed, """{ "status": "closed" }""").Json();
        await TryMerge(one, one["id"]).Problem(HttpStatusCode.Conflict, "merge-into-itself");
        await TryMerge(one, over["id"]).Problem(HttpStatusCode.Conflict, "merge-into-over");
        await TryMerge(one, closed["id"]).Problem(HttpStatusCode.Conflict, "merge-into-over");
        await TryMerge(closed, one["id"]).Problem(HttpStatusCode.Conflict, "ticket-closed");
        await TryMerge(one, 999_999).Problem(HttpStatusCode.UnprocessableEntity, "unknown-ticket");
        await Desk.Admin.Post("/v1/tickets/999999/merge", $$"""{ "into": {{one["id"]}} }""").Problem(HttpStatusCode.NotFound, "not-found");
        await Post(one, "/merge", "{}").Refuses("into");
        await Desk.Admin.Send(HttpMethod.Post, $"/v1/tickets/{one["id"]}/merge", $$"""{ "into": {{two["id"]}} }""", headers: ("If-Match", "\"7\"")).Problem(HttpStatusCode.PreconditionFailed, "stale");
        Assert.That((await Get(one)).Headers.ETag?.Tag, Is.EqualTo("\"1\""));
        await Merge(one, two);
        Assert.That((long?)(await TryMerge(one, two["id"]).Problem(HttpStatusCode.Conflict, "ticket-merged"))["mergedIntoId"], Is.EqualTo((long?)two["id"]));
        var third = await Open(Fast);
        Assert.That((long?)(await TryMerge(third, one["id"]).Problem(HttpStatusCode.Conflict, "ticket-merged"))["mergedIntoId"], Is.EqualTo((long?)two["id"]));
    }

    [Test]
    public async Task A_resolved_ticket_may_end_in_an_open_one()
    {
        await TwoPolicies();
        var (one, two) = (await Open(Fast), await Open(Fast));
        await Patch(one, """{ "status": "resolved" }""").Json();
        await Merge(one, two);
        Assert.That(((string?)(await Read(one))["status"], (await Read(two)).States()), Is.EqualTo(("closed", new[] { "first_response running" })));
    }
}
