using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Recovery;

internal sealed class RecoveryTests : DeskFixture
{
    private async Task<JsonNode> Answer(JsonNode ticket) => (await Read(ticket)).Last("first_response");

    [Test]
    public async Task After_downtime_a_lapsed_promise_is_broken_and_recovered_and_never_followed_up()
    {
        await Policy(more: """ "remedy": "A month for free." """);
        var ticket = await Open("", """{ "email": "aino@example.org", "name": "Aino", "locale": "fi", "timeZone": "Europe/Helsinki" }""");
        await Patch(ticket, """{ "reason": "Varaosa puuttuu." }""").Json();
        await Now("2026-03-02T13:00:00Z");
        Assert.That(await Advance("PT0S"), Is.EqualTo(new[]
        {
            "2026-03-02T13:00:00Z lapse", "2026-03-02T13:00:00Z recovery", "2026-03-02T13:00:00Z delivery", "2026-03-02T13:00:00Z delivery",
        }).Or.EqualTo(new[] { "2026-03-02T13:00:00Z recovery", "2026-03-02T13:00:00Z lapse", "2026-03-02T13:00:00Z delivery", "2026-03-02T13:00:00Z delivery" }));
        var answer = await Answer(ticket);
        Assert.That((answer.Ledger(), (string?)answer["state"], (string?)answer["promises"]![1]!["madeBy"], (int?)answer["renewals"]), Is.EqualTo(("02 12:00 broken, 02 15:00 open", "overdue", "recovery", 1)));
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "recovery sent" }));
        var text = Mails()[^1].Text;
        Assert.That(text, Does.Contain("Varaosa puuttuu.").And.Contain("A month for free.").And.Contain("klo 14.00 (Europe/Helsinki)").And.Contain("klo 17.00 (Europe/Helsinki)"));
        Assert.That(await Database.Ask<long>("select count(*) from follow_ups"), Is.Zero);
        await Said(ticket, "agent");
        Assert.That(((string?)(await Answer(ticket))["state"], (await Answer(ticket)).Ledger()), Is.EqualTo(("broken", "02 12:00 broken, 02 15:00 kept")), "a verdict counts once");
    }

    [Test]
    public async Task A_recoverys_promise_is_followed_up_and_counts_towards_the_cap()
    {
        await Policy();
        var ticket = await Open();
        await Now("2026-03-02T13:00:00Z");
        await Advance("PT1H");
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 12:00 broken, 02 15:00 renewed, 02 17:00 open"));
        await Advance("PT2H");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "recovery sent", "follow_up sent", "follow_up sent" }));
        Assert.That(await LastText(ticket), Does.Contain("that date may not hold"));
    }

    [Test]
    public async Task What_lapsed_together_is_owned_up_to_in_one_letter()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock" }, "resolution": { "target": "PT5H", "hours": "around_the_clock" } }""");
        var ticket = await Open();
        await Now("2026-03-02T14:00:00Z");
        await Advance("PT0S");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "recovery sent" }));
        Assert.That(await LastText(ticket), Does.Contain("- First answer: promised by Monday, 2 March 2026 at 12:00 (UTC); now by Monday, 2 March 2026 at 16:00 (UTC)")
            .And.Contain("- Solution: promised by Monday, 2 March 2026 at 13:00 (UTC); now by Monday, 2 March 2026 at 16:30 (UTC)"));
    }

    [Test]
    public async Task A_ticket_given_up_after_a_lapse_stays_broken()
    {
        await Policy();
        var ticket = await Open();
        await Now("2026-03-02T13:00:00Z");
        await Patch(ticket, """{ "status": "closed" }""").Json();
        Assert.That(((string?)(await Answer(ticket))["state"], (string?)(await Answer(ticket))["reason"]), Is.EqualTo(("broken", "closed")));
        await Advance("P1D");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent" }));
    }

    [Test]
    public async Task A_paused_promise_neither_lapses_nor_is_followed_up()
    {
        await Policy("""{ "resolution": { "target": "PT4H", "hours": "around_the_clock" } }""");
        var ticket = await Open();
        await Patch(ticket, """{ "status": "on_hold" }""").Json();
        Assert.That((await Advance("P10D")).Where(what => !what.EndsWith("delivery", StringComparison.Ordinal)), Is.Empty);
    }
}
