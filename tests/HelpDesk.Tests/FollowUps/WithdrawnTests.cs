using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.FollowUps;

/// <summary>The answer was quicker than the message.</summary>
internal sealed class WithdrawnTests : DeskFixture
{
    // Both come up within a quarter of an hour: 11:00 and 11:10.
    private const string Near = """
        { "first_response": { "target": "PT4H", "hours": "around_the_clock" }, "resolution": { "target": "PT4H10M", "lead": "PT1H", "renewBy": "PT2H", "hours": "around_the_clock" } }
        """;

    private async Task<JsonNode> FollowedUp(string terms = Answer4H, string at = "2026-03-02T11:00:00Z")
    {
        await Policy(terms);
        var ticket = await Open();
        await Deliver();
        await Now(at);
        await Sweep();
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up queued" }));
        return ticket;
    }

    [Test]
    public async Task A_follow_up_that_has_not_left_when_the_agent_answers_is_not_sent()
    {
        var ticket = await FollowedUp();
        await Said(ticket, "agent");
        var answer = (await Read(ticket)).Last("first_response");
        Assert.That((answer.Ledger(), (string?)answer["state"], (int?)answer["renewals"]), Is.EqualTo(("02 12:00 kept, 02 14:00 withdrawn", "kept", 0)));
        await Advance("P1D");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up withdrawn", "reply sent" }));
        Assert.That(Mails().Select(mail => mail["Subject"]), Has.None.Contain("longer"));
    }

    [Test]
    public async Task The_old_promise_is_judged_against_an_answer_that_came_too_late_for_it()
    {
        var ticket = await FollowedUp();
        await Now("2026-03-02T12:00:00.000001Z");
        await Said(ticket, "agent");
        Assert.That((await Read(ticket)).Last("first_response").Ledger(), Is.EqualTo("02 12:00 broken, 02 14:00 withdrawn"));
    }

    [TestCase("20 seconds", ExpectedResult = "follow_up queued", Description = "a sender has it")]
    [TestCase("1 hour", ExpectedResult = "follow_up withdrawn", Description = "it was claimed before a clock was set back")]
    public async Task<string> One_that_came_too_late_is_taken_back_but_for_what_a_sender_has(string leaseLeft)
    {
        var ticket = await FollowedUp();
        await Now("2026-03-02T12:30:00Z");
        await Database.Execute("update deliveries set lease_id = id, leased_until = now() + $1::text::interval where kind = 'follow_up'", leaseLeft);
        await Recall();
        return (await Outgoing(ticket))[1];
    }

    [TestCase("agent", "\"visibility\": \"internal\"")]
    [TestCase("system", "")]
    [TestCase("agent", "\"automated\": true")]
    [TestCase("customer", "")]
    public async Task What_does_not_answer_withdraws_nothing(string author, string more)
    {
        var ticket = await FollowedUp();
        await Said(ticket, author, more);
        await Deliver();
        Assert.That((await Outgoing(ticket))[1], Is.EqualTo("follow_up sent"));
        Assert.That((await Read(ticket)).Last("first_response").Ledger(), Is.EqualTo("02 12:00 renewed, 02 14:00 open"));
    }

    [Test]
    public async Task Promises_that_come_up_near_each_other_are_told_in_one_message()
    {
        var ticket = await FollowedUp(Near);
        Assert.That(await LastText(ticket), Does.Contain("- First answer: now by Monday, 2 March 2026 at 14:00 (UTC)").And.Contain("- Solution: now by Monday, 2 March 2026 at 14:10 (UTC)"));
        Assert.That(await Database.Ask<long>("select count(*) from follow_ups"), Is.EqualTo(2), "the ledger has each");
        Assert.That(await Database.Ask<long>("select count(distinct delivery_id) from follow_ups"), Is.EqualTo(1));
        await Advance("PT30M");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up sent" }));
    }

    [Test]
    public async Task Promises_further_apart_are_told_each_in_its_time()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock" }, "resolution": { "target": "PT4H15M0.000001S", "lead": "PT1H", "hours": "around_the_clock" } }""");
        var ticket = await Open();
        await Advance("PT3H15M");
        Assert.That(await Deliveries(ticket), Has.Count.EqualTo(2));
        await Advance("PT0.000001S");
        Assert.That(await Deliveries(ticket), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task What_remains_of_a_message_that_an_answer_withdrew_is_told_in_the_answer()
    {
        var ticket = await FollowedUp(Near);
        await Said(ticket, "agent");
        var read = await Read(ticket);
        Assert.That((read.Last("first_response").Ledger(), read.Last("resolution").Ledger()), Is.EqualTo(("02 12:00 kept, 02 14:00 withdrawn", "02 12:10 renewed, 02 14:10 open")));
        Assert.That(await LastText(ticket), Does.Contain("- Solution: by Monday, 2 March 2026 at 14:10 (UTC)").And.Not.Contain("First answer"));
        Assert.That((await Outgoing(ticket)).Skip(1), Is.EqualTo(new[] { "follow_up withdrawn", "reply queued" }));
    }

    [Test]
    public async Task What_remains_when_the_clock_is_stopped_is_told_too()
    {
        var ticket = await FollowedUp(Near);
        await Patch(ticket, """{ "status": "on_hold", "reason": "Parts" }""").Json();
        var read = await Read(ticket);
        Assert.That((read.Last("first_response").Ledger(), read.Last("resolution").Ledger()), Is.EqualTo(("02 12:00 renewed, 02 14:00 open", "02 12:10 withdrawn, 02 14:10 withdrawn")));
        Assert.That((await Outgoing(ticket)).Skip(1), Is.EqualTo(new[] { "follow_up withdrawn", "paused queued", "promise queued" }));
        Assert.That(await LastText(ticket), Does.Contain("- First answer: by Monday, 2 March 2026 at 14:00 (UTC)"));
    }

    [Test]
    public async Task What_remains_when_an_agent_has_called_is_told_too()
    {
        await Policy();
        var ticket = await Open();
        await Deliver();
        var callback = await Post(ticket, "/promises", """{ "words": "I will call", "promisedAt": "2026-03-02T12:05:00Z" }""").Json(HttpStatusCode.Created);
        await Deliver();
        await Now("2026-03-02T11:05:00Z");
        await Sweep();
        await Desk.Admin.Send(HttpMethod.Put, $"/v1/tickets/{ticket["id"]}/promises/{callback["id"]}/fulfilment").Json();
        Assert.That((await Outgoing(ticket)).Skip(2), Is.EqualTo(new[] { "follow_up withdrawn", "promise queued" }));
        Assert.That(await LastText(ticket), Does.Contain("- First answer: by Monday, 2 March 2026 at 14:00 (UTC)").And.Not.Contain("I will call"));
    }

    [TestCase("agent", "\"visibility\": \"internal\"")]
    [TestCase("customer", "")]
    public async Task The_end_of_the_matter_withdraws_whoever_brings_it(string author, string more)
    {
        var ticket = await FollowedUp();
        await Said(ticket, author, string.Join(", ", new[] { more, "\"status\": \"resolved\"" }.Where(member => member.Length > 0)));
        Assert.That((await Outgoing(ticket))[1], Is.EqualTo("follow_up withdrawn"));
        Assert.That((await Read(ticket)).Last("first_response").Ledger(), Is.EqualTo("02 12:00 withdrawn, 02 14:00 withdrawn"));
    }

    [Test]
    public async Task A_warning_past_the_cap_is_withdrawn_by_an_answer_too()
    {
        var ticket = await FollowedUp("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock", "maxRenewals": 0 } }""");
        await Said(ticket, "agent");
        await Advance("P1D");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up withdrawn", "reply sent" }));
        Assert.That((await Read(ticket)).Last("first_response").Ledger(), Is.EqualTo("02 12:00 kept"));
    }
}
