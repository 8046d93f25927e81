using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Recovery;

/// <summary>A lapse is recorded on the ticket: what was promised, what was told, how amends were made, and how late it was met.</summary>
internal sealed class RecordedRecoveryTests : DeskFixture
{
    private async Task<IReadOnlyList<JsonNode>> Recoveries(JsonNode ticket) => [.. (await Read(ticket, "/recoveries"))["items"]!.AsArray().OfType<JsonNode>()];

    private async Task<JsonNode> Lapsed(string terms = Answer4H)
    {
        await Policy(terms, """ "remedy": "A month for free." """);
        var ticket = await Open();
        await Patch(ticket, """{ "reason": "A part is missing." }""").Json();
        await Now("2026-03-02T13:00:00Z");
        await Advance("PT0S");
        return ticket;
    }

    [Test]
    public async Task A_lapse_has_one_recovery_that_a_later_reply_closes_as_broken_and_late_by_so_much()
    {
        var ticket = await Lapsed();
        var open = (await Recoveries(ticket)).Single();
        var answer = (await Read(ticket)).Last("first_response");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((open["promisedAt"].Hour(), open["startedAt"].Hour(), open["newPromisedAt"].Hour(), (string?)open["state"]), Is.EqualTo(("02 12:00", "02 13:00", "02 15:00", "open")));
            Assert.That(((string?)open["reason"], (string?)open["remedy"], (string?)open["withoutPromise"]), Is.EqualTo(("A part is missing.", "A month for free.", (string?)null)));
            Assert.That((string?)open["promiseId"], Is.EqualTo((string?)answer["promises"]![0]!["id"]));
            Assert.That((string?)open["newPromiseId"], Is.EqualTo((string?)answer["promises"]![1]!["id"]));
            Assert.That((string?)open["deliveryId"], Is.EqualTo((string?)(await Deliveries(ticket))[^1]["id"]));
            Assert.That((open["endedAt"], open["lateBySeconds"]), Is.EqualTo(((JsonNode?)null, (JsonNode?)null)), "still owed");
        }

        await Now("2026-03-02T13:30:00.25Z");
        await Said(ticket, "agent");
        var closed = (await Recoveries(ticket)).Single();
        Assert.That(((string?)closed["state"], (decimal?)closed["lateBySeconds"], (string?)closed["endedAt"]), Is.EqualTo(("closed", 5400.25m, "2026-03-02T13:30:00.25Z")));
        Assert.That((string?)(await Read(ticket)).Last("first_response")["state"], Is.EqualTo("broken"));
    }

    [Test]
    public async Task What_was_kept_has_no_recovery()
    {
        await Policy();
        var ticket = await Open();
        await Said(ticket, "agent");
        Assert.That(await Recoveries(ticket), Is.Empty);
    }

    [Test]
    public async Task The_flag_and_the_filter_tell_what_is_broken_and_still_owed()
    {
        var lapsed = await Lapsed();
        var fine = await Open();
        Assert.That(((bool?)(await Read(lapsed))["recovery"], (bool?)(await Read(fine))["recovery"], (bool?)fine["recovery"]), Is.EqualTo(((bool?)true, (bool?)false, (bool?)false)));
        Assert.That((await Listed("true"), await Listed("false")), Is.EqualTo(($"{lapsed["id"]}", $"{fine["id"]}")));
        await Said(lapsed, "agent");
        Assert.That((bool?)(await Read(lapsed))["recovery"], Is.False, "it was met, late");
        Assert.That((await Listed("true"), await Listed("false")), Is.EqualTo(("", $"{fine["id"]} {lapsed["id"]}")));
    }

    [Test]
    public async Task A_pause_does_not_end_the_recovery()
    {
        var ticket = await Lapsed("""{ "resolution": { "target": "PT4H", "hours": "around_the_clock" } }""");
        await Patch(ticket, """{ "status": "on_hold" }""").Json();
        Assert.That(((string?)(await Read(ticket)).Last("resolution")["state"], (bool?)(await Read(ticket))["recovery"], await Listed("true")), Is.EqualTo(("paused", (bool?)true, $"{ticket["id"]}")));
    }

    [Test]
    public async Task The_filter_takes_true_and_false_alone() =>
        Assert.That((string?)(await Desk.Admin.GetAsync("/v1/tickets?recovery=maybe").Json(HttpStatusCode.BadRequest))["errors"]!["recovery"]![0], Is.EqualTo("must be true or false"));

    [Test]
    public async Task Every_lapse_has_its_own_recovery_and_past_the_cap_it_promises_nothing()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock", "maxRenewals": 1 } }""");
        var ticket = await Open();
        await Now("2026-03-02T13:00:00Z");
        await Advance("P1D");
        Assert.That((await Recoveries(ticket)).Select(each => $"{each["promisedAt"].Hour()} {each["newPromisedAt"].Hour()} {each["withoutPromise"]}"), Is.EqualTo(new[] { "02 12:00 02 15:00 ", "02 15:00  cap" }));
        await Said(ticket, "agent");
        Assert.That((await Recoveries(ticket)).Select(each => (decimal?)each["lateBySeconds"]), Is.EqualTo(new decimal?[] { 90_000, 79_200 }), "each counts from its own promise");
    }

    [Test]
    public async Task Where_there_is_nobody_to_reach_the_recovery_says_so()
    {
        await Policy();
        var ticket = await OpenFor(await Customer("""{ "name": "Nobody" }"""));
        await Advance("PT5H");
        var recovery = (await Recoveries(ticket)).Single();
        Assert.That(((string?)recovery["withoutPromise"], recovery["deliveryId"], recovery["newPromiseId"]), Is.EqualTo(("unreachable", (JsonNode?)null, (JsonNode?)null)));
    }

    [Test]
    public async Task An_agents_remedy_is_written_to_the_customer_and_answers_nothing()
    {
        var ticket = await Lapsed();
        var remedy = await Post(ticket, "/remedies", """{ "text": "We have credited the fee." }""").Json(HttpStatusCode.Created);
        await Advance("PT0S");
        var answer = (await Read(ticket)).Last("first_response");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)remedy["text"], (string?)remedy["actor"], remedy["madeAt"].Hour()), Is.EqualTo(("We have credited the fee.", "admin", "02 13:00")));
            Assert.That((string?)answer["state"], Is.EqualTo("overdue"), "an answer is still owed");
            Assert.That((await Outgoing(ticket))[^1], Is.EqualTo("remedy sent"));
            Assert.That(Mails()[^1].Text, Does.Contain("We have credited the fee.").And.Contain("Monday, 2 March 2026 at 15:00 (UTC)"));
            Assert.That(((await Read(ticket, "/remedies"))["items"]![0]!["id"]!).ToString(), Is.EqualTo((string?)remedy["id"]));
            Assert.That((await Read(ticket, "/timeline"))["items"]!.AsArray().Select(each => (string?)each!["type"]), Has.Member("remedy.offered"));
        }
    }

    [Test]
    public async Task A_remedy_needs_a_broken_promise_and_words()
    {
        await Policy();
        var ticket = await Open();
        Assert.That((string?)(await Post(ticket, "/remedies", """{ "text": "Cake." }""").Json(HttpStatusCode.Conflict))["type"], Is.EqualTo("urn:helpdesk:nothing-broken"));
        Assert.That((await Post(ticket, "/remedies", """{ "text": "  " }""").Json(HttpStatusCode.BadRequest))["errors"]!["text"], Is.Not.Null);
        Assert.That((await Post(ticket, "/remedies", "{}").Json(HttpStatusCode.BadRequest))["errors"]!["text"], Is.Not.Null);
    }

    [Test]
    public async Task A_merge_takes_the_recovery_along_with_what_is_owed()
    {
        var lapsed = await Lapsed();
        var into = await Open();
        await Post(lapsed, "/merge", $$"""{ "into": {{into["id"]}} }""").Json();
        Assert.That((await Recoveries(into)).Select(each => each["promisedAt"].Hour()), Is.EqualTo(new[] { "02 12:00" }));
        Assert.That(((await Recoveries(lapsed)).Count, (bool?)(await Read(into))["recovery"], (bool?)(await Read(lapsed))["recovery"]), Is.EqualTo((0, (bool?)true, (bool?)false)));
    }

    private async Task<string> Listed(string recovery) =>
        string.Join(' ', (await Desk.Admin.GetAsync($"/v1/tickets?recovery={recovery}").Json())["items"]!.AsArray().Select(item => $"{item!["id"]}"));
}
