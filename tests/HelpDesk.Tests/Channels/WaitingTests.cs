using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Channels;

/// <summary>What waits for a customer, when she opts out, cannot be reached any more, or has another address.</summary>
internal sealed class WaitingTests : DeskFixture
{
    private const string OptedOut = """{ "optOut": true }""";

    private readonly SmtpSink sink = new();
    private int before;

    protected override IEnumerable<(string Key, string Value)> Settings => [("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{sink.Port}"), ("Mail:Attempts", "100")];

    protected override TimeProvider Machine { get; } = new ManualClock();

    [SetUp]
    public void Accept()
    {
        sink.Behave = (_, _) => SmtpSink.Step.Accept;
        before = sink.Mails.Count;
    }

    [OneTimeTearDown]
    public async Task Close() => await sink.DisposeAsync();

    private IEnumerable<string> Kinds() => sink.Mails.Skip(before).Select(mail => ParsedMail.Of(mail.Raw)["X-HelpDesk-Kind"]);

    private Task<JsonNode> Change(JsonNode customer, string patch) =>
        Desk.Admin.Send(HttpMethod.Patch, $"/v1/customers/{customer["id"]}", patch, "application/merge-patch+json").Json();

    private Task<JsonNode> Complain(string address) =>
        Desk.Admin.Post("/v1/deliveries/bounces", $$"""{ "items": [{ "recipient": "{{address}}", "type": "complaint" }] }""").Json();

    /// <summary>It is night, and a message waits for the morning.</summary>
    private async Task<(JsonNode Customer, JsonNode Ticket)> Night(string more = "")
    {
        var customer = await Customer($$"""{ "email": "q@example.org", "name": "Quentin", "quietHours": { "from": "22:00", "to": "07:00" }{{more}} }""");
        var ticket = await OpenFor(customer);
        await Advance("PT15H");
        await Post(ticket, "/promises", """{ "words": "I will call you", "promisedAt": "2026-03-04T12:00:00Z" }""").Json(HttpStatusCode.Created);
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "promise queued" }));
        return (customer, ticket);
    }

    /// <summary>A follow-up was made and has not left.</summary>
    private async Task<JsonNode> FollowedUp(JsonNode customer)
    {
        await Policy();
        var ticket = await OpenFor(customer);
        await Advance("PT0S");
        await Now("2026-03-02T11:00:00Z");
        await Sweep();
        return ticket;
    }

    [TestCase("opt-out")]
    [TestCase("complaint")]
    [TestCase("no address")]
    public async Task What_waits_for_the_morning_is_withdrawn_when_she_is_not_written_to_any_more(string why)
    {
        var (customer, ticket) = await Night();
        if (why == "complaint") await Complain("q@example.org");
        else await Change(customer, why == "opt-out" ? OptedOut : """{ "email": null }""");
        var stopped = (await Deliveries(ticket))[1];
        Assert.That(((string?)stopped["state"], (string?)stopped["endedAt"]), Is.EqualTo(("withdrawn", "2026-03-02T23:00:00Z")));
        await Advance("P1D");
        Assert.That(Kinds(), Is.EqualTo(new[] { "acknowledgement" }));
    }

    [Test]
    public async Task What_a_server_refused_is_not_tried_again_after_she_opted_out()
    {
        sink.Behave = (step, _) => step == "RCPT" ? SmtpSink.Step.Say("451 try later") : SmtpSink.Step.Accept;
        var customer = await Customer(Ada);
        var ticket = await OpenFor(customer);
        await Advance("PT0S");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement failed" }));
        await Change(customer, OptedOut);
        Accept();
        await Advance("PT1H");
        Assert.That((await Outgoing(ticket), Kinds()), Is.EqualTo((new[] { "acknowledgement withdrawn" }, Array.Empty<string>())));
    }

    [Test]
    public async Task To_opt_out_is_for_every_channel_and_mail_that_comes_back_for_mail_alone()
    {
        var (customer, ticket) = await Night(""", "preferredChannel": "inbox" """);
        await Complain("q@example.org");
        await Change(customer, """{ "email": null }""");
        Assert.That((await Outgoing(ticket))[1], Is.EqualTo("promise queued"));
        await Change(customer, OptedOut);
        Assert.That((await Outgoing(ticket))[1], Is.EqualTo("promise withdrawn"));
    }

    [Test]
    public async Task What_waits_goes_to_her_new_address_under_her_new_name()
    {
        var (customer, ticket) = await Night();
        await Change(customer, """{ "email": "new@example.org", "name": "Quinn" }""");
        Assert.That((string?)(await Deliveries(ticket))[1]["recipient"], Is.EqualTo("new@example.org"));
        await Advance("P1D");
        Assert.That(ParsedMail.Of(sink.Mails[^1].Raw)["To"], Does.Contain("new@example.org").And.Contain("Quinn"));
        Assert.That((await Deliveries(ticket)).Select(each => (string?)each["recipient"]), Is.EqualTo(new[] { "q@example.org", "new@example.org" }), "what was sent was sent to the old one");
    }

    [Test]
    public async Task Another_channel_is_for_what_is_yet_to_come()
    {
        var (customer, ticket) = await Night();
        await Change(customer, """{ "preferredChannel": "inbox" }""");
        await Advance("PT9H");
        Assert.That((await Outgoing(ticket), Kinds()), Is.EqualTo((new[] { "acknowledgement sent", "promise sent" }, new[] { "acknowledgement", "promise" })));
    }

    [Test]
    public async Task A_follow_up_that_has_not_left_is_taken_back_with_its_promise()
    {
        var customer = await Customer(Ada);
        var ticket = await FollowedUp(customer);
        Assert.That((await Read(ticket)).Last("first_response").Ledger(), Is.EqualTo("02 12:00 renewed, 02 14:00 open"));
        await Change(customer, OptedOut);
        Assert.That(await Advance("PT0S"), Has.Member("2026-03-02T11:00:00Z follow_up_withdrawn"));
        Assert.That((await Read(ticket)).Last("first_response").Ledger(), Is.EqualTo("02 12:00 open, 02 14:00 withdrawn"));
        await Advance("P1D");
        Assert.That((await Outgoing(ticket), Kinds()), Is.EqualTo((new[] { "acknowledgement sent", "follow_up withdrawn" }, new[] { "acknowledgement" })));
        Assert.That((await Read(ticket)).Last("first_response").Ledger(), Does.StartWith("02 12:00 broken, 02 14:00 withdrawn"));
        Assert.That(await Notes(ticket), Has.Some.Contains("nobody to reach"));
    }

    [Test]
    public async Task A_follow_up_that_has_not_left_goes_to_her_new_address()
    {
        var customer = await Customer(Ada);
        var ticket = await FollowedUp(customer);
        await Change(customer, """{ "email": "lovelace@example.org" }""");
        await Advance("PT0S");
        Assert.That(((await Outgoing(ticket))[1], (string?)(await Deliveries(ticket))[1]["recipient"]), Is.EqualTo(("follow_up sent", "lovelace@example.org")));
        Assert.That((await Read(ticket)).Last("first_response").Ledger(), Is.EqualTo("02 12:00 renewed, 02 14:00 open"));
    }

    [Test]
    public async Task What_is_told_of_it_to_the_customer_of_a_merged_ticket_is_taken_back_too()
    {
        await Policy();
        var customer = await Customer(Ada);
        var ticket = await OpenFor(customer);
        var other = await Open(requester: """{ "email": "grace@example.org" }""");
        await Post(other, "/merge", $$"""{ "into": {{ticket["id"]}} }""").Json();
        await Advance("PT0S");
        await Now("2026-03-02T11:00:00Z");
        await Sweep();
        Assert.That((await Outgoing(ticket)).Count(each => each == "follow_up queued"), Is.EqualTo(2));
        await Change(customer, OptedOut);
        await Advance("PT0S");
        Assert.That((await Outgoing(ticket)).Count(each => each == "follow_up withdrawn"), Is.EqualTo(2));
        Assert.That(Kinds(), Has.None.EqualTo("follow_up"));
    }

    [TestCase(true, "sent")]
    [TestCase(false, "withdrawn")]
    public async Task What_a_sender_has_leaves_by_this_attempt_or_not_at_all(bool isTaken, string state)
    {
        var go = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        sink.Behave = (step, _) => step != "DATA" || !reached.TrySetResult() ? SmtpSink.Step.Accept
            : isTaken ? SmtpSink.Step.AcceptAfter(go.Task)
            : new SmtpSink.Step("451 try later", After: go.Task);
        var customer = await Customer(Ada);
        var ticket = await OpenFor(customer);
        var sending = Deliver();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Change(customer, OptedOut);
        go.SetResult();
        await sending;
        await Advance("P1D");
        var delivery = (await Deliveries(ticket)).Single();
        Assert.That(((string?)delivery["state"], (int?)delivery["attempts"]), Is.EqualTo((state, 1)));
        if (!isTaken) Assert.That((string?)delivery["endedAt"], Is.EqualTo(Monday));
    }
}
