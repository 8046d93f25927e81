using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Escalation;

/// <summary>Whom the published rules call in, with no ladder at all.</summary>
internal sealed class CallInTests : EscalationFixture
{
    private const string Capped = """{ "first_response": { "target": "PT4H", "hours": "around_the_clock", "maxRenewals": 0 } }""";

    [Test]
    public async Task Past_the_cap_the_assignee_and_the_queue_s_leads_are_called_in_and_the_customer_reads_a_name()
    {
        await Policy(Capped);
        var ticket = await OpenAssigned();
        await Advance("PT3H1M");
        Assert.That(await Notices(), Is.EqualTo(new[] { "Anna put_off", "Lea put_off" }));
        Assert.That(Mails().Single(mail => mail["X-HelpDesk-Kind"] == "follow_up").Text, Does.Contain("We have called in Anna to move this forward"));
        Assert.That(NoticeMails()[0].Text, Does.Contain("It has been put off as often as the policy allows"));
        await Advance("PT1H1M");
        Assert.That((await Notices()).Skip(2), Is.EqualTo(new[] { "Anna given_up", "Lea given_up" }));
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "follow_up sent", "recovery sent" }));
        Assert.That(Mails().Single(mail => mail["X-HelpDesk-Kind"] == "recovery").Text, Does.Contain("We have called in Anna"));
    }

    [TestCase(null, "We have called in Lea", Description = "nobody has it: the lead")]
    [TestCase("Grace", "We have called in Grace", Description = "a name of the desk's own")]
    [TestCase("grace@example.org", "We have called in Lea", Description = "an address is not told")]
    public async Task A_customer_reads_names_and_never_ids_or_addresses(string? assignee, string said)
    {
        await Policy(Capped);
        await Open(assignee is null ? "\"queue\": \"billing\"" : $"\"queue\": \"billing\", \"assignee\": \"{assignee}\"");
        await Advance("PT3H");
        Assert.That(Mails().Single(mail => mail["X-HelpDesk-Kind"] == "follow_up").Text, Does.Contain(said));
    }

    [Test]
    public async Task Where_no_name_is_known_people_are_said_to_have_been_alerted()
    {
        await Database.Execute("update agents set active = name = 'Otto'");
        await Policy(Capped);
        var ticket = await Open();
        await Advance("PT4H1M");
        foreach (var mail in Told("follow_up").Concat(Told("recovery"))) Assert.That(mail, Does.Contain("The people here who can move this forward have been alerted"));
        Assert.That((await Notes(ticket))[0], Does.EndWith("and that you were called in."));
        Assert.That((await Notes(ticket))[1], Does.Contain("lapsed. The customer got an apology without a new date."));
    }

    [TestCase("en", "be sure of it.", "alerted")]
    [TestCase("tr", "vermek istemiyoruz.", "ilettik")]
    [TestCase("fi", "siitä varmoja.", "ilmoitettu")]
    public async Task Where_there_is_nobody_to_call_in_nobody_is_told_that_anybody_was(string locale, string last, string alerted)
    {
        await Database.Execute("update agents set active = false");
        await Policy(Capped);
        var ticket = await Open(requester: $$"""{ "email": "ada@example.org", "locale": "{{locale}}" }""");
        await Advance("PT4H1M");
        foreach (var mail in Told("follow_up").Concat(Told("recovery"))) Assert.That(mail.ReplaceLineEndings("\n"), Does.Contain(last + "\n\n").And.Not.Contain(alerted));
        var notes = await Notes(ticket);
        Assert.That(notes[0], Does.Contain("and there is nobody: the assignee is no active agent"));
        Assert.That(notes, Has.One.EndsWith("The customer was told that the date may not hold.").And.None.Contains("you were called in"));
        Assert.That((await Timeline(ticket, "people.called"))[0]["data"]!["people"]!.AsArray(), Is.Empty);
    }

    private string[] Told(string kind)
    {
        var told = Mails().Where(mail => mail["X-HelpDesk-Kind"] == kind).Select(mail => mail.Text).ToArray();
        Assert.That(told, Has.Length.EqualTo(1));
        return told;
    }

    [Test]
    public async Task Of_a_customer_who_cannot_be_reached_the_agent_is_told_at_the_follow_up_and_at_the_lapse()
    {
        await Policy(Answer4H);
        await Open($"\"queue\": \"billing\", \"assignee\": \"{Anna}\"", """{ "name": "Nobody" }""");
        await Advance("PT5H");
        Assert.That(await Notices(), Is.EqualTo(new[] { "Anna unreachable", "Anna not_told" }));
        Assert.That(NoticeMails(), Has.Count.EqualTo(2));
        Assert.That(NoticeMails()[1].Text, Does.Contain("It has lapsed, and the customer could not be told"));
    }

    [Test]
    public async Task The_agent_hears_of_a_callback_before_its_customer_does()
    {
        var ticket = await OpenAssigned();
        await Post(ticket, "/promises", """{ "words": "I will call you", "promisedAt": "2026-03-02T12:00:00Z" }""").Json(System.Net.HttpStatusCode.Created);
        // An hour's lead: the customer is written to at 11:00, the agent half an hour before.
        Assert.That((await Advance("PT3H")).Skip(2), Is.EqualTo(new[]
        {
            "2026-03-02T10:30:00Z ladder", "2026-03-02T10:30:00Z delivery", "2026-03-02T11:00:00Z follow_up", "2026-03-02T11:00:00Z delivery",
        }));
        Assert.That(Told(), Has.Count.EqualTo(1));
        Assert.That(NoticeMails()[0].Text, Does.Contain("I will call you: promised by Monday, 2 March 2026 at 12:00 (UTC). An agent promised this in person."));
    }

    [Test]
    public async Task A_callback_that_was_done_alerts_nobody()
    {
        var ticket = await OpenAssigned();
        var made = await Post(ticket, "/promises", """{ "words": "I will call you", "promisedAt": "2026-03-02T12:00:00Z" }""").Json(System.Net.HttpStatusCode.Created);
        await Desk.Admin.Send(HttpMethod.Put, $"/v1/tickets/{ticket["id"]}/promises/{made["promises"]![0]!["id"]}/fulfilment").Json();
        await Advance("PT6H");
        Assert.That(await Notices(), Is.Empty);
    }

    [Test]
    public async Task A_follow_up_below_the_cap_calls_nobody_in()
    {
        await Policy(Answer4H);
        var ticket = await OpenAssigned();
        await Advance("PT3H1M");
        Assert.That((await Notices(), await Timeline(ticket, "people.called")), Is.EqualTo((Array.Empty<string>(), Array.Empty<JsonNode>())));
    }
}
