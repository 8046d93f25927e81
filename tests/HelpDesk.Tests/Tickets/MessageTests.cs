using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

internal sealed class MessageTests : DeskFixture
{
    private const string All = """
        { "first_response": { "target": "PT4H", "hours": "around_the_clock" }, "next_response": { "target": "PT2H", "hours": "around_the_clock" },
          "update": { "target": "P2D", "hours": "around_the_clock" }, "resolution": { "target": "P4D", "hours": "around_the_clock" } }
        """;

    [Test]
    public async Task A_reply_keeps_the_first_response_and_begins_the_updates()
    {
        await Policy(All);
        var ticket = await Open();
        await Now("2026-03-02T12:00:00Z");
        var answer = await Say(ticket, "agent", "\"authorId\": \"agent-7\"", "We are <b>on</b> it.");
        var message = await answer.Json(HttpStatusCode.Created);
        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo($"/v1/tickets/{ticket["id"]}/messages/{message["id"]}"));
        Assert.That(answer.Headers.ETag?.Tag, Is.EqualTo("\"2\""));
        Assert.That(JsonNode.DeepEquals(message, await Desk.Admin.GetAsync(answer.Headers.Location!.ToString()).Json()));
        Assert.That(((string?)message["author"], (string?)message["authorId"], (string?)message["visibility"], (bool?)message["automated"], (string?)message["body"], message["createdAt"].Hour()),
            Is.EqualTo(("agent", "agent-7", "public", false, "We are <b>on</b> it.", "02 12:00")));
        var read = await Read(ticket);
        Assert.That((string?)read["status"], Is.EqualTo("open"));
        Assert.That(read.States(), Is.EquivalentTo(new[] { "first_response kept", "update running", "resolution running" }), "at the promised instant it is still kept");
        Assert.That(await LastText(ticket), Does.Contain("We are <b>on</b> it.").And.Contain("- News of where things stand: by Wednesday, 4 March 2026 at 12:00 (UTC)"));
        await Advance("PT0S");
        Assert.That(Mails()[^1].Html, Does.Contain("We are &lt;b&gt;on&lt;/b&gt; it."));
        Assert.That(Mails()[^1]["Subject"], Does.StartWith("Re: Printer on fire"));
    }

    [TestCase("agent", "\"visibility\": \"internal\"")]
    [TestCase("system", "")]
    [TestCase("system", "\"visibility\": \"internal\"")]
    [TestCase("agent", "\"automated\": true")]
    public async Task What_no_human_says_to_the_customer_answers_nothing_and_is_not_mailed(string author, string more)
    {
        await Policy(All);
        var ticket = await Open();
        await Said(ticket, author, more);
        Assert.That((await Read(ticket)).States(), Is.EqualTo(new[] { "first_response running", "resolution running" }));
        Assert.That(((string?)(await Read(ticket))["status"], await Outgoing(ticket)), Is.EqualTo(("new", new[] { "acknowledgement queued" })));
    }

    [Test]
    public async Task A_customers_further_message_does_not_move_the_oldest_unanswered_one()
    {
        await Policy(All);
        var ticket = await Open();
        await Said(ticket, "agent");
        await Now("2026-03-02T09:00:00Z");
        await Said(ticket, "customer");
        Assert.That(await LastText(ticket), Does.Contain("- Answer to your message: by Monday, 2 March 2026 at 11:00 (UTC)"));
        await Now("2026-03-02T09:30:00Z");
        await Said(ticket, "customer");
        var read = await Read(ticket);
        Assert.That((read.Kinds().Count(kind => kind == "next_response"), read.Last("next_response")["promisedAt"].Hour()), Is.EqualTo((1, "02 11:00")));
        Assert.That(await Deliveries(ticket), Has.Count.EqualTo(3), "what changed nothing is not acknowledged");
        await Said(ticket, "agent");
        await Said(ticket, "customer");
        Assert.That((int?)(await Read(ticket)).Last("next_response")["cycle"], Is.EqualTo(2));
    }

    [Test]
    public async Task A_message_counts_before_the_status_that_it_carries()
    {
        await Policy(All);
        var ticket = await Open();
        var answer = await Say(ticket, "agent", "\"status\": \"resolved\"", "Solved it.");
        Assert.That((answer.StatusCode, answer.Headers.ETag?.Tag), Is.EqualTo((HttpStatusCode.Created, "\"2\"")), "one transaction");
        var read = await Read(ticket);
        Assert.That(read.States(), Is.EquivalentTo(new[] { "first_response kept", "update cancelled", "resolution kept" }));
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement queued", "resolution queued" }));
        Assert.That(await LastText(ticket), Does.Contain("Solved it."));
    }

    [Test]
    public async Task An_internal_note_that_resolves_is_kept_from_the_customer_but_the_solution_is_told()
    {
        await Policy(All);
        var ticket = await Open();
        await Said(ticket, "agent", "\"visibility\": \"internal\", \"status\": \"resolved\"", "Secret.");
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement queued", "resolution queued" }));
        Assert.That(await LastText(ticket), Does.Contain("is solved").And.Not.Contain("Secret."));
    }

    [Test]
    public async Task A_customers_message_wakes_a_ticket_that_waits_for_her_and_the_new_date_is_told()
    {
        await Policy(All);
        var ticket = await Open();
        await Said(ticket, "agent", "\"status\": \"waiting_on_customer\"");
        await Now("2026-03-03T08:00:00Z");
        await Said(ticket, "customer");
        var read = await Read(ticket);
        Assert.That(((string?)read["status"], read.Last("resolution").Ledger()), Is.EqualTo(("open", "06 08:00 withdrawn, 07 08:00 open")));
        Assert.That(await LastText(ticket), Does.Contain("- Solution: by Saturday, 7 March 2026 at 08:00 (UTC)").And.Contain("- Answer to your message: by Tuesday, 3 March 2026 at 10:00 (UTC)"));
    }

    [Test]
    public async Task Automated_mail_starts_and_reopens_nothing()
    {
        await Policy(All);
        var ticket = await Open();
        await Said(ticket, "agent", "\"status\": \"resolved\"");
        var before = await Read(ticket);
        await Said(ticket, "customer", "\"automated\": true", "I am on holiday.");
        var after = await Read(ticket);
        Assert.That(((string?)after["status"], after.States()), Is.EqualTo(("resolved", before.States())));
        Assert.That(await Deliveries(ticket), Has.Count.EqualTo(2));
    }

    [TestCase("""{ "body": "b" }""", "author")]
    [TestCase("""{ "author": null, "body": "b" }""", "author")]
    [TestCase("""{ "author": "robot", "body": "b" }""", "author")]
    [TestCase("""{ "author": "agent" }""", "body")]
    [TestCase("""{ "author": "agent", "body": " " }""", "body")]
    [TestCase("""{ "author": "agent", "body": null }""", "body")]
    [TestCase("""{ "author": "agent", "body": "b", "visibility": "secret" }""", "visibility")]
    [TestCase("""{ "author": "customer", "body": "b", "visibility": "internal" }""", "visibility")]
    [TestCase("""{ "author": "agent", "body": "b", "status": "done" }""", "status")]
    [TestCase("""{ "author": "agent", "body": "b", "status": 3 }""", "status")]
    [TestCase("""{ "author": "agent", "body": "b", "fulfils": "first" }""", "fulfils")]
    [TestCase("""{ "author": "customer", "body": "b", "fulfils": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f" }""", "fulfils")]
    [TestCase("""{ "author": "agent", "body": "b", "mood": "good" }""", "mood")]
    public async Task What_cannot_be_said_is_refused_by_its_name(string json, string member)
    {
        var ticket = await Open();
        await Post(ticket, "/messages", json).Refuses(member);
        Assert.That((await Get(ticket)).Headers.ETag?.Tag, Is.EqualTo("\"1\""));
    }

    [Test]
    public async Task A_reply_may_be_held_to_a_version()
    {
        var ticket = await Open();
        var answer = await Desk.Admin.Send(HttpMethod.Post, $"/v1/tickets/{ticket["id"]}/messages", """{ "author": "agent", "body": "b" }""", headers: ("If-Match", "\"7\""));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
    }
}
