using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.FollowUps;

internal sealed class FollowUpTests : DeskFixture
{
    private async Task<JsonNode> Answer(JsonNode ticket) => (await Read(ticket)).Last("first_response");

    [Test]
    public async Task Before_the_promise_lapses_the_customer_is_told_a_new_date_in_her_language()
    {
        await Policy();
        var ticket = await Open("", """{ "email": "ayse@example.org", "name": "Ayşe", "locale": "tr", "timeZone": "Europe/Istanbul" }""");
        Assert.That((await Answer(ticket))["followUpAt"].Hour(), Is.EqualTo("02 11:00"));
        Assert.That(await Advance("PT2H59M59.999999S"), Is.EqualTo(new[] { $"{Monday} delivery" }), "the acknowledgement alone");
        Assert.That(await Advance("PT0.000001S"), Is.EqualTo(new[] { "2026-03-02T11:00:00Z follow_up", "2026-03-02T11:00:00Z delivery" }));
        var answer = await Answer(ticket);
        var promise = answer["promises"]![1]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Ledger(), Is.EqualTo("02 12:00 renewed, 02 14:00 open"));
            Assert.That((promise["madeAt"].Hour(), (string?)promise["madeBy"], (string?)promise["toldVia"], (string?)promise["words"]),
                Is.EqualTo(("02 11:00", "follow_up", "email", "Size en geç şu tarihte yanıt vereceğiz: 2 Mart 2026 Pazartesi, 17:00 (Europe/Istanbul).")));
            Assert.That((answer["dueAt"].Hour(), answer["promisedAt"].Hour(), answer["followUpAt"].Hour(), (int?)answer["renewals"]), Is.EqualTo(("02 12:00", "02 14:00", "02 13:00", 1)));
            Assert.That(Mails(), Has.Count.EqualTo(2));
            Assert.That(Mails()[1]["Subject"], Does.StartWith("Biraz daha zamana ihtiyacımız var: Printer on fire"));
            Assert.That(Mails()[1].Text, Does.Contain("- İlk yanıt: yeni tarih en geç 2 Mart 2026 Pazartesi, 17:00 (Europe/Istanbul); önceki tarih: 2 Mart 2026 Pazartesi, 15:00 (Europe/Istanbul)"));
            Assert.That(Mails()[1]["References"], Is.EqualTo(Mails()[0]["References"]), "one thread");
        }

        await Said(ticket, "agent");
        Assert.That(((string?)(await Answer(ticket))["state"], (await Answer(ticket)).Ledger()), Is.EqualTo(("kept", "02 12:00 renewed, 02 14:00 kept")));
    }

    [Test]
    public async Task A_follow_up_leaves_in_working_hours_where_the_term_counts_them()
    {
        // Eight hours from Monday 8:00 end at 17:00; the lead is one hour; half the term more is Tuesday 13:00.
        await Policy("""{ "first_response": { "target": "PT8H" } }""");
        var ticket = await Open();
        await Advance("P1D");
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 17:00 renewed, 03 13:00 open"));
        Assert.That((await Answer(ticket))["promises"]![1]!["madeAt"].Hour(), Is.EqualTo("02 16:00"));
    }

    [Test]
    public async Task After_the_last_renewal_it_is_said_plainly_that_there_is_no_new_date()
    {
        await Policy();
        var ticket = await Open("\"assignee\": \"Grace\"");
        await Advance("PT7H30M");
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 12:00 renewed, 02 14:00 renewed, 02 16:00 open"));
        Assert.That(await LastText(ticket), Does.Contain("- First answer: we had said Monday, 2 March 2026 at 16:00 (UTC), and that date may not hold")
            .And.Contain("We have called in Grace"));
        Assert.That(await Notes(ticket), Has.One.Contains("put off as often as the policy allows"));
        Assert.That(await Advance("PT1H"), Has.Member("2026-03-02T16:00:00.000001Z lapse").And.Member("2026-03-02T16:00:00.000001Z recovery"));
        Assert.That(((string?)(await Answer(ticket))["state"], (await Answer(ticket)).Ledger()), Is.EqualTo(("overdue", "02 12:00 renewed, 02 14:00 renewed, 02 16:00 broken")));
        Assert.That(await Advance("P30D"), Is.Empty, "until a human writes");
        Assert.That(await LastText(ticket), Does.Contain("do not want to name another date"));
    }

    [Test]
    public async Task A_human_message_in_between_lets_renewals_begin_anew()
    {
        await Policy("""{ "resolution": { "target": "PT4H", "hours": "around_the_clock", "maxRenewals": 1 } }""");
        var ticket = await Open();
        await Advance("PT3H");
        await Said(ticket, "agent");
        await Advance("PT2H");
        var solution = (await Read(ticket)).Last("resolution");
        Assert.That((solution.Ledger(), (int?)solution["renewals"]), Is.EqualTo(("02 12:00 renewed, 02 14:00 renewed, 02 16:00 open", 2)));
    }

    [TestCase("""{ "name": "Nobody" }""")]
    [TestCase("""{ "email": "n@example.org", "optOut": true }""")]
    public async Task Where_nobody_can_be_reached_that_is_recorded_and_the_agent_is_told(string customer)
    {
        await Policy();
        var ticket = await OpenFor(await Customer(customer));
        Assert.That(await Advance("PT3H"), Is.EqualTo(new[] { "2026-03-02T11:00:00Z follow_up_unreachable" }));
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 12:00 open"), "nobody was told another date");
        Assert.That(await Notes(ticket), Has.One.Contains("there is nobody to reach"));
        await Advance("PT2H");
        Assert.That(((string?)(await Answer(ticket))["state"], await Deliveries(ticket)), Is.EqualTo(("overdue", Array.Empty<JsonNode>())));
        Assert.That((await Notes(ticket))[^1], Does.Contain("lapsed").And.Contain("was not told"));
    }

    [Test]
    public async Task A_customer_who_opted_out_later_is_not_written_to()
    {
        await Policy();
        var customer = await Customer("""{ "email": "n@example.org" }""");
        var ticket = await OpenFor(customer);
        await Advance("PT1H");
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/customers/{customer["id"]}", """{ "optOut": true }""", "application/merge-patch+json").Json();
        await Advance("PT4H");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent" }));
    }

    [Test]
    public async Task Quiet_hours_that_would_cover_the_promise_are_told_before()
    {
        await Policy("""{ "first_response": { "target": "PT16H", "hours": "around_the_clock" } }""");
        var ticket = await OpenFor(await Customer("""{ "email": "q@example.org", "timeZone": "UTC", "quietHours": { "from": "22:00", "to": "07:00" } }"""));
        Assert.That((ticket.Last("first_response")["promisedAt"].Hour(), ticket.Last("first_response")["followUpAt"].Hour()), Is.EqualTo(("03 00:00", "02 21:59")));
        await Advance("PT14H");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up sent" }));
    }

    [Test]
    public async Task An_apology_waits_for_the_end_of_quiet_hours()
    {
        await Policy("""{ "first_response": { "target": "PT16H", "hours": "around_the_clock", "maxRenewals": 0 } }""");
        var ticket = await OpenFor(await Customer("""{ "email": "q@example.org", "timeZone": "UTC", "quietHours": { "from": "22:00", "to": "07:00" } }"""));
        await Advance("PT20H");
        Assert.That((await Outgoing(ticket))[^1], Is.EqualTo("recovery queued"));
        Assert.That(await Advance("PT3H"), Is.EqualTo(new[] { "2026-03-03T07:00:00Z delivery" }));
    }

    [Test]
    public async Task An_answer_goes_at_once_and_what_waited_for_the_end_of_quiet_hours_goes_before_it()
    {
        await Policy("""{ "first_response": { "target": "PT16H", "hours": "around_the_clock", "maxRenewals": 0 } }""");
        var ticket = await OpenFor(await Customer("""{ "email": "q@example.org", "timeZone": "UTC", "quietHours": { "from": "22:00", "to": "07:00" } }"""));
        await Advance("PT20H");
        await Said(ticket, "agent");
        await Advance("PT0S");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up sent", "recovery withdrawn", "recovery sent", "reply sent" }), "the apology is written anew, for it is answered now");
        Assert.That(Mails().TakeLast(2).Select(mail => mail["X-HelpDesk-Kind"]), Is.EqualTo(new[] { "recovery", "reply" }));
    }
}
