using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using HelpDesk.Tickets;
using HelpDesk.Web;
using Microsoft.Extensions.Configuration;

namespace HelpDesk.Tests.Tickets;

/// <summary>Two machines do not answer each other for ever.</summary>
internal sealed class LoopTests : DeskFixture
{
    protected override IEnumerable<(string Key, string Value)> Settings => [("Messages:AutomaticRepliesPerHour", "2"), ("Messages:AcknowledgementsPerHour", "3")];

    [Test]
    public async Task An_automated_message_is_answered_by_nothing_whatever_the_ticket_s_status()
    {
        await Policy("""{ "first_response": { "target": "PT4H" }, "next_response": { "target": "PT4H" }, "resolution": { "target": "PT8H" } }""");
        var ticket = await Open();
        foreach (var status in new[] { "waiting_on_customer", "on_hold", "resolved" })
        {
            await Patch(ticket, $$"""{ "status": "{{status}}" }""").Json();
            var before = (await Deliveries(ticket)).Count;
            await Said(ticket, "customer", "\"automated\": true");
            Assert.That(((await Deliveries(ticket)).Count, (string?)(await Read(ticket))["status"]), Is.EqualTo((before, status)));
        }
    }

    [Test]
    public async Task An_automated_opening_is_not_acknowledged()
    {
        await Policy();
        Assert.That(await Deliveries(await Open("\"automated\": true")), Is.Empty);
    }

    [Test]
    public async Task Automatic_answers_on_one_ticket_are_limited_within_the_hour_and_what_is_promised_stands_untold_and_is_followed_up()
    {
        await Policy("""{ "next_response": { "target": "PT4H", "hours": "around_the_clock" } }""");
        var ticket = await Open();
        await Ping(ticket);
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement queued", "reply queued", "acknowledgement queued" }), "the opening's and one more");
        await Ping(ticket);
        Assert.That(await Outgoing(ticket), Has.Exactly(2).StartsWith("acknowledgement").And.Exactly(2).StartsWith("reply"), "an agent's answer is always sent");
        var untold = (await Read(ticket)).Last("next_response");
        Assert.That(((string?)untold["state"], untold["promises"]![0]!["toldVia"]), Is.EqualTo(("running", (JsonNode?)null)));
        await Advance("PT3H");
        Assert.That(await Outgoing(ticket), Has.One.StartsWith("follow_up"), "follow-ups are not limited");
        await Ping(ticket);
        Assert.That(await Outgoing(ticket), Has.Exactly(3).StartsWith("acknowledgement"), "the hour is over");
    }

    [Test]
    public async Task The_hour_ends_to_the_microsecond()
    {
        await Policy("""{ "next_response": { "target": "PT4H", "hours": "around_the_clock" } }""");
        var ticket = await Open();
        await Ping(ticket);
        await Now("2026-03-02T08:59:59.999999Z");
        await Ping(ticket);
        Assert.That(await Outgoing(ticket), Has.Exactly(2).StartsWith("acknowledgement"));
        await Now("2026-03-02T09:00:00Z");
        await Ping(ticket);
        Assert.That(await Outgoing(ticket), Has.Exactly(3).StartsWith("acknowledgement"));
    }

    [Test]
    public async Task A_customer_who_reopens_again_and_again_is_answered_as_seldom()
    {
        await Policy("""{ "resolution": { "target": "PT8H" } }""");
        var ticket = await Open();
        for (var count = 0; count < 3; count++)
        {
            await Patch(ticket, """{ "status": "resolved" }""").Json();
            await Said(ticket, "customer");
        }

        Assert.That(await Outgoing(ticket), Has.One.StartsWith("reopened").And.Exactly(3).StartsWith("resolution"));
    }

    [Test]
    public async Task New_tickets_of_one_customer_are_acknowledged_so_often_within_the_hour()
    {
        await Policy();
        for (var count = 0; count < 3; count++) Assert.That(await Deliveries(await Open()), Has.Count.EqualTo(1));
        var untold = await Open();
        Assert.That(await Deliveries(untold), Is.Empty);
        Assert.That(((string?)untold["nextPromise"]!["kind"], untold["commitments"]![0]!["promises"]![0]!["toldVia"]), Is.EqualTo(("first_response", (JsonNode?)null)));
        Assert.That(await Deliveries(await Open("", """{ "email": "other@example.org" }""")), Has.Count.EqualTo(1), "another customer");
        Assert.That(await Deliveries(await Open("\"createdBy\": \"agent\"")), Has.Count.EqualTo(1), "what an agent writes is always sent");
        await Advance("PT3H");
        Assert.That(await Outgoing(untold), Has.One.StartsWith("follow_up"));
        Assert.That(await Deliveries(await Open()), Has.Count.EqualTo(1), "the hour is over");
    }

    [Test]
    public async Task Where_none_is_allowed_none_is_sent()
    {
        using var silent = StartAnother([("Messages:AutomaticRepliesPerHour", "0"), ("Messages:AcknowledgementsPerHour", "0")]);
        await Policy();
        var answer = await silent.Admin.Post("/v1/tickets", $$"""{ "subject": "x", "body": "y", "requester": {{Ada}} }""").Json(System.Net.HttpStatusCode.Created);
        Assert.That(await Deliveries(answer), Is.Empty);
    }

    [TestCase("-1")]
    [TestCase("many")]
    [TestCase("10001")]
    [TestCase("1.5")]
    public void A_limit_that_cannot_be_stops_the_start(string value) => Assert.That(
        () => DeskSettings.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Messages:AutomaticRepliesPerHour", value)]).Build()),
        Throws.InstanceOf<WrongConfiguration>().With.Message.Contains("Messages:AutomaticRepliesPerHour must be a whole number from 0 to 10000"));

    /// <summary>An answer, and what comes back at once.</summary>
    private async Task Ping(JsonNode ticket)
    {
        await Said(ticket, "agent");
        await Said(ticket, "customer", body: "I am away.");
    }
}
