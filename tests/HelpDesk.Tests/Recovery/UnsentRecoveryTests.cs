using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Recovery;

/// <summary>An apology that has not left when it stops being true is not sent as it stands; the customer gets one that is.</summary>
internal sealed class UnsentRecoveryTests : DeskFixture
{
    private readonly SmtpSink sink = new();

    protected override IEnumerable<(string Key, string Value)> Settings => [("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{sink.Port}")];

    [SetUp]
    public void Accept() => sink.Behave = (_, _) => SmtpSink.Step.Accept;

    [OneTimeTearDown]
    public async Task Close() => await sink.DisposeAsync();

    /// <summary>A promise of four hours that lapsed while nobody worked, and a mail server that will not take the apology for now.</summary>
    private async Task<JsonNode> Lapsed()
    {
        await Policy();
        var ticket = await Open();
        await Advance("PT0S");
        sink.Behave = (step, _) => step == "RCPT" ? SmtpSink.Step.Say("450 4.2.0 later") : SmtpSink.Step.Accept;
        await Now("2026-03-02T13:00:00Z");
        await Advance("PT0S");
        return ticket;
    }

    private static string Told(JsonNode commitment) => string.Join(", ", commitment["promises"]!.AsArray().Select(promise => $"{promise!["promisedAt"].Hour()} {promise["outcome"]} {promise["toldVia"] ?? "untold"}"));

    [Test]
    public async Task One_whose_new_date_has_passed_is_taken_back_and_another_names_what_the_customer_was_told_last()
    {
        var ticket = await Lapsed();
        await Advance("PT2H30M");
        Assert.That(Told((await Read(ticket)).Last("first_response")), Does.StartWith("02 12:00 broken email, 02 15:00 broken untold"));
        Accept();
        await Advance("PT1H");
        Assert.That((await Outgoing(ticket)).Where(each => each.StartsWith("recovery", StringComparison.Ordinal)), Is.EqualTo(new[] { "recovery withdrawn", "recovery sent" }));
        Assert.That(sink.Mails.Select(mail => ParsedMail.Of(mail.Raw)).Last(mail => mail["X-HelpDesk-Kind"] == "recovery").Text, Does.Contain("promised by Monday, 2 March 2026 at 12:00 (UTC); now by").And.Not.Contain("at 15:00"));
    }

    [Test]
    public async Task One_that_an_answer_overtakes_is_replaced_by_one_without_a_date_that_goes_before_the_answer()
    {
        var ticket = await Lapsed();
        await Said(ticket, "agent");
        Accept();
        await Advance("PT1H");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "recovery withdrawn", "recovery sent", "reply sent" }));
        var apology = ParsedMail.Of(sink.Mails[^2].Raw).Text;
        Assert.That(apology, Does.Contain("promised by Monday, 2 March 2026 at 12:00 (UTC)").And.Not.Contain("now by").And.Not.Contain("another date"));
        var recovery = (await Read(ticket, "/recoveries"))["items"]!.AsArray().Single()!;
        Assert.That((string?)recovery["deliveryId"], Is.EqualTo((string?)(await Deliveries(ticket))[2]["id"]), "the one that was sent");
    }

    [Test]
    public async Task What_is_refused_for_good_is_told_to_the_agents_and_the_address_is_not_written_to_again()
    {
        await Policy();
        var ticket = await Open();
        await Advance("PT0S");
        sink.Behave = (step, _) => step == "RCPT" ? SmtpSink.Step.Say("550 5.1.1 No such mailbox") : SmtpSink.Step.Accept;
        await Advance("PT3H");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up withdrawn" }));
        Assert.That(await Notes(ticket), Has.One.Contains("No such mailbox").And.One.Contains("refused for good"));
        Assert.That((string?)(await Desk.Admin.GetAsync($"/v1/customers/{ticket["requesterId"]}").Json())["unreachableSince"], Is.EqualTo("2026-03-02T11:00:00Z"));
        Assert.That(await Database.Ask<long>("select count(*) from events where type = 'people.called'"), Is.EqualTo(1));
        await Advance("PT2H");
        Assert.That(await Outgoing(ticket), Has.Count.EqualTo(2), "nobody is written to");
        Assert.That((await Notes(ticket))[^1], Does.Contain("lapsed").And.Contain("was not told"));
    }

    [Test]
    public async Task Who_opts_out_gets_no_apology_any_more()
    {
        var ticket = await Lapsed();
        await Desk.Admin.Patch($"/v1/customers/{ticket["requesterId"]}", """{ "optOut": true }""").Json();
        Accept();
        await Advance("PT3H");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "recovery withdrawn" }));
    }

    [Test]
    public async Task Once_it_has_expired_nobody_can_have_it_tried_again()
    {
        var ticket = await Lapsed();
        await Advance("PT2H30M");
        var old = (await Deliveries(ticket)).First(each => (string?)each["kind"] == "recovery");
        var answer = await Desk.Admin.Post($"/v1/deliveries/{old["id"]}/retry", "");
        Assert.That((int)answer.StatusCode, Is.EqualTo(409));
    }
}
