using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.FollowUps;

/// <summary>Never silent for longer than the term of <c>update</c> while the matter is open.</summary>
internal sealed class UpdateTests : DeskFixture
{
    private const string EachFourHours = """{ "update": { "target": "PT4H", "hours": "around_the_clock" } }""";

    private async Task<JsonNode> Update(JsonNode ticket) => (await Read(ticket)).Last("update");

    private async Task<JsonNode> Answered()
    {
        await Policy(EachFourHours);
        var ticket = await Open();
        await Said(ticket, "agent");
        return ticket;
    }

    [Test]
    public async Task Silence_is_promised_an_end_with_the_first_public_message_of_an_agent_and_not_before()
    {
        await Policy(EachFourHours);
        var ticket = await Open();
        Assert.That(ticket.Kinds(), Is.Empty);
        await Said(ticket, "agent", """ "visibility": "internal" """);
        await Said(ticket, "agent", """ "automated": true """);
        await Said(ticket, "customer");
        Assert.That((await Read(ticket)).Kinds(), Is.Empty);
        await Now("2026-03-02T09:00:00Z");
        await Said(ticket, "agent");
        var update = await Update(ticket);
        Assert.That((update["startedAt"].Hour(), update["promisedAt"].Hour(), update["followUpAt"].Hour()), Is.EqualTo(("02 09:00", "02 13:00", "02 12:00")));
        await Advance("PT0S");
        Assert.That(Mails()[^1].Text, Does.Contain("by Monday, 2 March 2026 at 13:00 (UTC)"), "the reply says when she will hear again");
    }

    [Test]
    public async Task Every_public_message_of_an_agent_keeps_one_and_starts_the_next()
    {
        var ticket = await Answered();
        await Now("2026-03-02T10:00:00Z");
        await Said(ticket, "agent");
        Assert.That((await Read(ticket)).States(), Is.EqualTo(new[] { "update kept", "update running" }));
        var next = await Update(ticket);
        Assert.That(((int?)next["cycle"], next["promisedAt"].Hour()), Is.EqualTo(((int?)2, "02 14:00")));
    }

    [TestCase("customer", "")]
    [TestCase("agent", """ "visibility": "internal" """)]
    [TestCase("agent", """ "automated": true """)]
    [TestCase("system", "")]
    public async Task Nothing_else_breaks_the_silence(string author, string more)
    {
        var ticket = await Answered();
        await Now("2026-03-02T10:00:00Z");
        await Said(ticket, author, more);
        var update = await Update(ticket);
        Assert.That(((int?)update["cycle"], (string?)update["state"], update["promisedAt"].Hour()), Is.EqualTo(((int?)1, "running", "02 12:00")));
    }

    [Test]
    public async Task A_silence_that_grows_long_is_followed_up_and_the_follow_up_is_no_update()
    {
        var ticket = await Answered();
        await Advance("PT3H");
        var update = await Update(ticket);
        Assert.That((update.Ledger(), (int?)update["cycle"], (string?)update["state"]), Is.EqualTo(("02 12:00 renewed, 02 14:00 open", (int?)1, "running")));
        await Now("2026-03-02T13:00:00Z");
        await Said(ticket, "agent");
        Assert.That((await Read(ticket)).States(), Is.EqualTo(new[] { "update kept", "update running" }));
    }

    [Test]
    public async Task While_the_desk_waits_for_the_customer_silence_is_no_fault()
    {
        var ticket = await Answered();
        await Now("2026-03-02T10:00:00Z");
        await Patch(ticket, """{ "status": "waiting_on_customer" }""").Json();
        Assert.That((await Advance("P3D")).Where(what => !what.EndsWith("delivery", StringComparison.Ordinal)), Is.Empty);
        await Said(ticket, "customer");
        var update = await Update(ticket);
        Assert.That(((string?)update["state"], update["promisedAt"].Hour()), Is.EqualTo(("running", "05 12:00")), "two of the four hours were left");
    }

    [Test]
    public async Task With_the_resolution_nothing_more_is_owed()
    {
        var ticket = await Answered();
        await Patch(ticket, """{ "status": "resolved" }""").Json();
        Assert.That(((string?)(await Update(ticket))["state"], (string?)(await Update(ticket))["reason"]), Is.EqualTo(("cancelled", "resolved")));
    }

    [Test]
    public async Task A_silence_that_was_too_long_is_broken_recovered_and_late_by_so_much()
    {
        var ticket = await Answered();
        await Now("2026-03-02T13:00:00Z");
        await Advance("PT0S");
        Assert.That(((string?)(await Update(ticket))["state"], (await Outgoing(ticket))[^1]), Is.EqualTo(("overdue", "recovery sent")));
        await Said(ticket, "agent");
        var states = (await Read(ticket)).States();
        Assert.That(states, Is.EqualTo(new[] { "update broken", "update running" }));
    }
}
