using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.FollowUps;

/// <summary>The mail server refuses, hangs or closes.</summary>
internal sealed class MailAwayTests : DeskFixture
{
    private readonly SmtpSink sink = new();
    private readonly ManualClock machine = new();

    protected override IEnumerable<(string Key, string Value)> Settings => [("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{sink.Port}"), ("Mail:Attempts", "100")];

    protected override TimeProvider Machine => machine;

    [SetUp]
    public void Accept() => sink.Behave = (_, _) => SmtpSink.Step.Accept;

    [OneTimeTearDown]
    public async Task Close() => await sink.DisposeAsync();

    private void Refuse(string reply) => sink.Behave = (step, _) => step == "RCPT" ? SmtpSink.Step.Say(reply) : SmtpSink.Step.Accept;

    private async Task<JsonNode> Acknowledged(string terms = Answer4H)
    {
        await Policy(terms);
        var ticket = await Open();
        await Advance("PT0S");
        return ticket;
    }

    private async Task<JsonNode> Answer(JsonNode ticket) => (await Read(ticket)).Last("first_response");

    /// <summary>The follow-up of eleven o'clock, in the hands of a sender whom the server never answers.</summary>
    private async Task<Task[]> FollowUpThatHangs()
    {
        var reached = new TaskCompletionSource();
        sink.Behave = (step, _) => step == "DATA" && reached.TrySetResult() ? SmtpSink.Step.Hang : SmtpSink.Step.Accept;
        await Now("2026-03-02T11:00:00Z");
        await Sweep();
        var sending = Deliver();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        // Not awaited here.
        return [sending];
    }

    private async Task GiveUp(Task[] hanging)
    {
        machine.Advance(Duration.FromSeconds(10));
        await Task.WhenAll(hanging);
        Accept();
        await Advance("PT0S");
    }

    [Test]
    public async Task A_follow_up_that_the_server_kept_refusing_is_withdrawn_broken_and_recovered()
    {
        var ticket = await Acknowledged();
        Refuse("451 try later");
        await Advance("PT4H");
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 12:00 renewed, 02 14:00 open"), "at the promised instant it could still be in time");
        Accept();
        var happened = await Advance("PT0.000001S");
        Assert.That(happened, Has.Member("2026-03-02T12:00:00.000001Z follow_up_withdrawn").And.Member("2026-03-02T12:00:00.000001Z lapse").And.Member("2026-03-02T12:00:00.000001Z recovery"));
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 12:00 broken, 02 14:00 withdrawn, 2026-03-02T14:00:00.000001Z open"));
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up withdrawn", "recovery sent" }));
        Assert.That(ParsedMail.Of(sink.Mails[^1].Raw).Text, Does.Contain("did not keep it").And.Contain("promised by Monday, 2 March 2026 at 12:00 (UTC); now by Monday, 2 March 2026 at 14:00 (UTC)"));
        Assert.That(await Notes(ticket), Has.One.Contains("lapsed. An apology with a new date goes to the customer."));
    }

    [Test]
    public async Task The_waiting_between_attempts_is_played_as_time_passes()
    {
        Refuse("451 try later");
        var ticket = await Open();
        Assert.That(await Advance("PT0S"), Is.EqualTo(new[] { $"{Monday} delivery" }));
        async Task<(string?, int?)> Delivery() => ((string?)(await Deliveries(ticket))[0]["state"], (int?)(await Deliveries(ticket))[0]["attempts"]);
        Assert.That(await Delivery(), Is.EqualTo(("failed", 1)));
        // The second after one to two seconds, the third after two to four more, the fourth after four to eight more.
        await Advance("PT2S");
        Assert.That((await Delivery()).Item2, Is.EqualTo(2));
        await Advance("PT4S");
        Assert.That((await Delivery()).Item2, Is.EqualTo(3));
        Accept();
        await Advance("PT8S");
        Assert.That(await Delivery(), Is.EqualTo(("sent", 4)));
    }

    [Test]
    public async Task A_follow_up_that_is_dead_is_taken_back_at_once_and_recovered_when_its_promise_lapses()
    {
        var ticket = await Acknowledged();
        Refuse("550 no such mailbox");
        await Advance("PT3H");
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 12:00 open, 02 14:00 withdrawn"));
        Assert.That((await Outgoing(ticket))[1], Is.EqualTo("follow_up withdrawn"));
        Accept();
        await Advance("PT1H0.000001S");
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 12:00 broken, 02 14:00 withdrawn, 2026-03-02T14:00:00.000001Z open"));
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up withdrawn", "recovery sent" }));
    }

    [Test]
    public async Task One_that_is_late_after_downtime_is_taken_back_before_the_next_is_made()
    {
        var ticket = await Acknowledged();
        Refuse("451 try later");
        await Advance("PT3H");
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 12:00 renewed, 02 14:00 open"), "and not told");
        Accept();
        await Now("2026-03-02T13:30:00Z");
        Assert.That(await Sweep(), Is.Zero, "the promise of 14:00 comes up, but was never told");
        Assert.That(await Recall(), Is.EqualTo(1));
        await Deliver();
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 12:00 broken, 02 14:00 withdrawn, 02 15:30 open"));
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up withdrawn", "recovery sent" }));
    }

    [Test]
    public async Task A_dead_warning_past_the_cap_leaves_the_promise_that_was_told_before_it()
    {
        var ticket = await Acknowledged("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock", "maxRenewals": 1 } }""");
        await Advance("PT3H");
        Refuse("550 no such mailbox");
        await Advance("PT2H");
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 12:00 renewed, 02 14:00 open"));
        await Advance("PT1H0.000001S");
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 12:00 renewed, 02 14:00 broken"));
    }

    [Test]
    public async Task A_follow_up_that_a_sender_has_is_not_withdrawn_by_an_answer()
    {
        var ticket = await Acknowledged();
        var go = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        sink.Behave = (step, _) => step == "DATA" && reached.TrySetResult() ? SmtpSink.Step.AcceptAfter(go.Task) : SmtpSink.Step.Accept;
        await Now("2026-03-02T11:00:00Z");
        await Sweep();
        var sending = Deliver();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Said(ticket, "agent");
        go.SetResult();
        await sending;
        await Advance("P1D");
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 12:00 renewed, 02 14:00 kept"));
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up sent", "reply sent" }));
    }

    [Test]
    public async Task One_whose_sender_then_fails_is_not_tried_again_after_the_answer()
    {
        var ticket = await Acknowledged();
        var go = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        var before = sink.Mails.Count;
        sink.Behave = (step, _) => step == "DATA" && reached.TrySetResult() ? new SmtpSink.Step("451 try later", After: go.Task) : SmtpSink.Step.Accept;
        await Now("2026-03-02T11:00:00Z");
        await Sweep();
        var sending = Deliver();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Said(ticket, "agent");
        go.SetResult();
        await sending;
        await Advance("P1D");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up withdrawn", "reply sent" }));
        Assert.That(sink.Mails.Skip(before).Select(mail => ParsedMail.Of(mail.Raw)["Subject"]), Has.One.Items.And.All.StartsWith("Re:"));
        Assert.That((string?)(await Answer(ticket))["state"], Is.EqualTo("kept"));
    }

    [Test]
    public async Task A_second_answer_seconds_later_does_not_take_back_what_a_slow_server_is_about_to_take()
    {
        var ticket = await Acknowledged("""{ "update": { "target": "PT4H", "hours": "around_the_clock" } }""");
        await Said(ticket, "agent");
        await Advance("PT0S");
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        sink.Behave = (step, _) => step == "DATA" && reached.TrySetResult() ? SmtpSink.Step.AcceptAfter(go.Task) : SmtpSink.Step.Accept;
        await Now("2026-03-02T11:00:00Z");
        await Sweep();
        var sending = Deliver();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Patch(ticket, """{ "status": "on_hold" }""").Json();
        await Now("2026-03-02T11:00:03Z");
        await Patch(ticket, """{ "status": "open" }""").Json();
        await Said(ticket, "agent");
        go.SetResult();
        await sending;
        Assert.That((await Outgoing(ticket)).Where(each => each.StartsWith("follow_up", StringComparison.Ordinal)), Is.EqualTo(new[] { "follow_up sent" }));
    }

    [Test]
    public async Task An_answer_after_the_promise_does_not_take_what_a_sender_never_handed_over_for_told()
    {
        var ticket = await Acknowledged();
        var hanging = await FollowUpThatHangs();
        await Now("2026-03-02T12:00:02Z");
        await Said(ticket, "agent");
        await GiveUp(hanging);
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 12:00 broken, 02 14:00 withdrawn"));
        Assert.That((string?)(await Answer(ticket))["state"], Is.EqualTo("broken"));
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up withdrawn", "reply sent" }));
    }

    [Test]
    public async Task An_answer_to_one_promise_does_not_hide_that_another_of_the_same_unsent_message_lapsed()
    {
        var ticket = await Acknowledged("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock" }, "resolution": { "target": "PT4H", "hours": "around_the_clock" } }""");
        var hanging = await FollowUpThatHangs();
        await Now("2026-03-02T12:00:02Z");
        await Said(ticket, "agent");
        await GiveUp(hanging);
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 12:00 broken, 02 14:00 withdrawn"));
        Assert.That((await Read(ticket)).Last("resolution").Ledger(), Does.StartWith("02 12:00 broken, 02 14:00 withdrawn, "));
    }

    [Test]
    public async Task A_merge_into_a_ticket_on_hold_does_not_take_what_a_sender_never_handed_over_for_told()
    {
        var ticket = await Acknowledged("""{ "update": { "target": "PT4H", "hours": "around_the_clock" } }""");
        await Said(ticket, "agent");
        var held = await Open();
        await Patch(held, """{ "status": "on_hold" }""").Json();
        await Advance("PT0S");
        var hanging = await FollowUpThatHangs();
        await Now("2026-03-02T12:00:02Z");
        await Post(ticket, "/merge", $$"""{ "into": {{held["id"]}} }""").Json();
        await GiveUp(hanging);
        var update = (await Read(held)).Last("update");
        Assert.That((update.Ledger(), (string?)update["state"]), Is.EqualTo(("02 12:00 broken, 02 14:00 withdrawn", "paused")));
        Assert.That(await Outgoing(ticket), Has.Member("follow_up withdrawn").And.None.EqualTo("follow_up sent"));
    }

    [Test]
    public async Task A_server_that_hangs_past_the_promise_does_not_make_a_follow_up_of_an_apology()
    {
        var ticket = await Acknowledged();
        var hanging = await FollowUpThatHangs();
        await Now("2026-03-02T12:00:00.000001Z");
        Assert.That(await Recall(), Is.Zero, "a sender has it");
        await GiveUp(hanging);
        Assert.That((await Answer(ticket)).Ledger(), Is.EqualTo("02 12:00 broken, 02 14:00 withdrawn, 2026-03-02T14:00:00.000001Z open"));
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up withdrawn", "recovery sent" }));
    }
}
