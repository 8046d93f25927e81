using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

internal sealed class ReclassifyTests : DeskFixture
{
    private const string ByPriority = """
        { "first_response": { "target": "PT4H", "hours": "around_the_clock", "byPriority": { "urgent": { "target": "PT1H" }, "low": { "target": "PT8H" } } } }
        """;

    private async Task<JsonNode> FirstResponse(JsonNode ticket) => (await Read(ticket)).Last("first_response");

    [Test]
    public async Task A_higher_priority_moves_the_promise_earlier_and_that_is_told()
    {
        await Policy(ByPriority);
        var ticket = await Open();
        await Now("2026-03-02T08:30:00Z");
        var changed = await Patch(ticket, """{ "priority": "urgent" }""").Json();
        var answer = changed.Last("first_response");
        Assert.That((answer["dueAt"].Hour(), answer.Ledger()), Is.EqualTo(("02 09:00", "02 12:00 withdrawn, 02 09:00 open")));
        Assert.That((string?)answer["promises"]![1]!["reason"], Is.EqualTo("priority"));
        Assert.That(await LastText(ticket), Does.Contain("- First answer: by Monday, 2 March 2026 at 09:00 (UTC); we had said Monday, 2 March 2026 at 12:00 (UTC)"));
        Assert.That(JsonNode.DeepEquals(changed, await Read(ticket)));
    }

    [Test]
    public async Task A_lower_priority_leaves_the_promise_and_says_nothing()
    {
        await Policy(ByPriority);
        var ticket = await Open();
        await Patch(ticket, """{ "priority": "low" }""").Json();
        var answer = await FirstResponse(ticket);
        Assert.That((answer["dueAt"].Hour(), answer["promisedAt"].Hour(), answer.Ledger()), Is.EqualTo(("02 16:00", "02 12:00", "02 12:00 open")));
        Assert.That(await Deliveries(ticket), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_promise_is_not_moved_to_an_instant_that_is_past()
    {
        await Policy(ByPriority);
        var ticket = await Open();
        await Now("2026-03-02T09:30:00Z");
        await Patch(ticket, """{ "priority": "urgent" }""").Json();
        var answer = await FirstResponse(ticket);
        Assert.That((answer["dueAt"].Hour(), answer.Ledger()), Is.EqualTo(("02 09:00", "02 12:00 open")));
    }

    [TestCase("queue", "\"fast\"")]
    [TestCase("category", "\"fast\"")]
    [TestCase("tags", "[\"fast\"]")]
    public async Task Another_policy_is_chosen_by_what_changed(string member, string value)
    {
        var condition = member == "tags" ? "tag" : member;
        var fast = await Policy("""{ "first_response": { "target": "PT1H", "hours": "around_the_clock" } }""", $$""" "when": { "{{condition}}": ["fast"] } """);
        var slow = await Policy();
        var ticket = await Open();
        Assert.That((string?)ticket["policyId"], Is.EqualTo(slow));
        var changed = await Patch(ticket, $$"""{ "{{member}}": {{value}} }""").Json();
        Assert.That(((string?)changed["policyId"], changed.Last("first_response").Ledger()), Is.EqualTo((fast, "02 12:00 withdrawn, 02 09:00 open")));
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement queued", "promise queued" }));
        await Patch(ticket, $$"""{ "{{member}}": null }""").Json();
        Assert.That((await FirstResponse(ticket)).Ledger(), Is.EqualTo("02 12:00 withdrawn, 02 09:00 open"), "never later");
    }

    [Test]
    public async Task A_kind_that_the_new_policy_has_no_term_for_is_cancelled_and_one_that_it_adds_starts_where_it_would_have()
    {
        await Policy("""{ "resolution": { "target": "PT8H", "hours": "around_the_clock" } }""", """ "when": { "queue": ["second"] } """);
        await Policy();
        var ticket = await Open();
        await Now("2026-03-02T09:00:00Z");
        var moved = await Patch(ticket, """{ "queue": "second" }""").Json();
        Assert.That(moved.States(), Is.EqualTo(new[] { "first_response cancelled", "resolution running" }));
        Assert.That(((string?)moved.Last("first_response")["reason"], moved.Last("resolution")["dueAt"].Hour()), Is.EqualTo(("policy", "02 16:00")));
        Assert.That(await LastText(ticket), Does.Contain("- Solution: by Monday, 2 March 2026 at 16:00 (UTC)"));
    }

    [Test]
    public async Task Where_no_policy_matches_any_more_what_is_open_is_cancelled()
    {
        await Policy(more: """ "when": { "queue": ["billing"] } """);
        var ticket = await Open("\"queue\": \"billing\"");
        var moved = await Patch(ticket, """{ "queue": "other" }""").Json();
        Assert.That((moved["policyId"], moved["nextPromise"], moved.States()), Is.EqualTo(((JsonNode?)null, (JsonNode?)null, new[] { "first_response cancelled" })));
        var back = await Patch(ticket, """{ "queue": "billing" }""").Json();
        Assert.That(back.States(), Is.EqualTo(new[] { "first_response cancelled", "first_response running" }));
    }

    [Test]
    public async Task A_change_that_leaves_the_policy_leaves_its_version()
    {
        var policy = await Policy();
        var ticket = await Open();
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/policies/{policy}", """{ "terms": { "first_response": { "target": "PT1H" } } }""", "application/merge-patch+json").Json();
        var changed = await Patch(ticket, """{ "queue": "q" }""").Json();
        Assert.That(((int?)changed["policyVersion"], changed.Last("first_response").Ledger()), Is.EqualTo((1, "02 12:00 open")));
    }
}
