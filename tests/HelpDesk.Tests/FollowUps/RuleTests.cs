using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.FollowUps;

/// <summary>The published rules of follow-ups, each by its name; what has a fixture of its own (races, withdrawal, mail that is away) is held there.</summary>
internal sealed class RuleTests : DeskFixture
{
    private const string Resolution4H = """{ "resolution": { "target": "PT4H", "hours": "around_the_clock" } }""";

    private async Task<JsonNode> Solution(JsonNode ticket) => (await Read(ticket)).Last("resolution");

    private async Task<JsonNode> Answer(JsonNode ticket) => (await Read(ticket)).Last("first_response");

    // 1.

    [TestCase("PT8H", "", "02 16:00", Description = "an hour")]
    [TestCase("PT2H", "", "02 10:30", Description = "a quarter of the term")]
    [TestCase("PT8H", """, "lead": "PT3H" """, "02 14:00")]
    [TestCase("PT10H", """, "lead": "PT3H" """, "02 16:00", Description = "Tuesday 11:00 less two hours of Tuesday and one of Monday")]
    [TestCase("PT8H", """, "lead": "PT7H", "renewBy": "PT8H" """, "02 13:00", Description = "never more than half the time")]
    public async Task The_lead_is_counted_in_working_time(string target, string lead, string followUpAt)
    {
        await Policy($$"""{ "first_response": { "target": "{{target}}"{{lead}} } }""");
        var ticket = await Open();
        Assert.That((await Answer(ticket))["followUpAt"].Hour(), Is.EqualTo(followUpAt));
    }

    // 2.

    [Test]
    public async Task A_renewal_counts_from_the_promise_while_that_lies_ahead()
    {
        await Policy("""{ "resolution": { "target": "PT4H", "hours": "around_the_clock", "renewBy": "PT1H" } }""");
        var ticket = await Open();
        await Advance("PT3H");
        Assert.That((await Solution(ticket)).Ledger(), Is.EqualTo("02 12:00 renewed, 02 13:00 open"), "made at 11:00, and an hour after the promise");
    }

    [Test]
    public async Task A_follow_up_leaves_the_inner_target_where_it_is()
    {
        await Policy(Resolution4H);
        var ticket = await Open();
        await Advance("PT3H");
        Assert.That(((await Solution(ticket))["dueAt"].Hour(), (await Solution(ticket))["promisedAt"].Hour()), Is.EqualTo(("02 12:00", "02 14:00")));
    }

    [Test]
    public async Task A_follow_up_says_where_things_stand_why_and_the_new_date()
    {
        await Policy(Resolution4H);
        var ticket = await Open();
        await Patch(ticket, """{ "reason": "A part is missing." }""").Json();
        await Advance("PT3H");
        Assert.That(await LastText(ticket), Does.Contain("A part is missing.").And.Contain("now by Monday, 2 March 2026 at 14:00 (UTC)").And.Contain("we had said Monday, 2 March 2026 at 12:00 (UTC)"));
    }

    // 3.

    [TestCase(0, "02 12:00 open")]
    [TestCase(1, "02 12:00 renewed, 02 14:00 open")]
    [TestCase(3, "02 12:00 renewed, 02 14:00 renewed, 02 16:00 renewed, 02 18:00 open")]
    public async Task The_policy_says_how_often_a_promise_is_renewed_and_the_follow_up_after_those_promises_nothing(int most, string ledger)
    {
        await Policy($$"""{ "resolution": { "target": "PT4H", "hours": "around_the_clock", "maxRenewals": {{most}} } }""");
        var ticket = await Open();
        await Advance($"PT{3 + most * 2}H30M");
        Assert.That(((await Solution(ticket)).Ledger(), (int?)(await Solution(ticket))["renewals"]), Is.EqualTo((ledger, (int?)most)));
        Assert.That(await LastText(ticket), Does.Contain("that date may not hold"));
        Assert.That(await Outgoing(ticket), Has.Exactly(most + 1).EqualTo("follow_up sent"));
    }

    [Test]
    public async Task A_lapse_past_the_cap_is_not_silent_she_had_been_told_before_it()
    {
        await Policy("""{ "resolution": { "target": "PT4H", "hours": "around_the_clock", "maxRenewals": 0 } }""");
        var ticket = await Open();
        await Advance("PT5H");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up sent", "recovery sent" }));
    }

    // 4.

    [Test]
    public async Task An_automatic_message_fulfils_nothing()
    {
        await Policy();
        var ticket = await Open();
        await Said(ticket, "agent", """ "automated": true """);
        await Said(ticket, "system");
        await Advance("PT3H");
        Assert.That(((string?)(await Answer(ticket))["state"], (await Answer(ticket))["fulfilledAt"]), Is.EqualTo(("running", (JsonNode?)null)));
    }

    // 6.

    [Test]
    public async Task Exactly_one_follow_up_is_made_for_each_promise()
    {
        await Policy(Resolution4H);
        var ticket = await Open();
        await Advance("PT3H");
        Assert.That(await Advance("PT1H30M"), Is.Empty, "not until the new promise comes near");
        Assert.That(await Database.Ask<long>("select count(*) from follow_ups"), Is.EqualTo(1));
        await Advance("PT30M");
        Assert.That(await Database.Ask<long>("select count(*) from follow_ups f join promises p on p.id = f.promise_id where p.ticket_id = $1", (long)ticket["id"]!), Is.EqualTo(2));
        Assert.That(
            async () => await Database.Execute("insert into follow_ups select * from follow_ups limit 1"), Throws.Exception.With.Message.Contains("follow_ups_pkey"), "the database guarantees it");
    }

    // 8.

    [Test]
    public async Task Who_can_be_reached_again_is_followed_up_again()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock" }, "resolution": { "target": "PT10H", "hours": "around_the_clock" } }""");
        var customer = await Customer("""{ "email": "n@example.org", "optOut": true }""");
        var ticket = await OpenFor(customer);
        await Advance("PT3H");
        Assert.That(await Deliveries(ticket), Is.Empty);
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/customers/{customer["id"]}", """{ "optOut": false }""", "application/merge-patch+json").Json();
        await Advance("PT2H");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "recovery sent" }), "the lapse at 12:00");
        await Advance("PT30M");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "recovery sent", "follow_up sent" }), "the recovery's promise, in time");
    }

    // Paused; and an agent's own promise.

    [Test]
    public async Task Nothing_is_followed_up_while_it_is_paused_and_the_rest_of_the_time_counts_on()
    {
        await Policy(Resolution4H);
        var ticket = await Open();
        await Now("2026-03-02T10:30:00Z");
        await Patch(ticket, """{ "status": "waiting_on_customer" }""").Json();
        Assert.That((await Solution(ticket))["followUpAt"], Is.Null);
        Assert.That((await Advance("P1D")).Where(what => what.EndsWith("follow_up", StringComparison.Ordinal)), Is.Empty);
        await Said(ticket, "customer");
        Assert.That(((await Solution(ticket))["promisedAt"].Hour(), (await Solution(ticket))["followUpAt"].Hour()), Is.EqualTo(("03 12:00", "03 11:15")), "half of what was left at the most");
    }

    [Test]
    public async Task A_callback_counts_around_the_clock_and_its_follow_up_tells_the_agent()
    {
        await Policy(Resolution4H);
        var ticket = await Open();
        await Post(ticket, "/promises", """{ "words": "I will call you", "promisedAt": "2026-03-08T15:00:00Z" }""").Json(HttpStatusCode.Created);
        await Patch(ticket, """{ "status": "on_hold" }""").Json();
        await Advance("P6DT6H");
        var callback = (await Read(ticket)).Last("callback");
        Assert.That(callback["promises"]![0]!["outcome"]!.ToString(), Is.EqualTo("renewed"), "on a Sunday");
        Assert.That(await Notes(ticket), Has.One.Contains("The time you promised the customer is near"));
    }
}
