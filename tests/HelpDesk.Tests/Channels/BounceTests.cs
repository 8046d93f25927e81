using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Channels;

/// <summary>What came back after it was handed over.</summary>
internal sealed class BounceTests : DeskFixture
{
    private JsonNode ticket = null!;
    private JsonNode mail = null!;

    [SetUp]
    public async Task A_mail_that_was_handed_over()
    {
        await Policy();
        ticket = await Open();
        await Deliver();
        mail = (await Deliveries(ticket)).Single();
    }

    private async Task<string> Report(string item)
    {
        var answer = await Desk.Admin.Post("/v1/deliveries/bounces", $$"""{ "items": [{{item}}] }""").Json();
        return string.Join(',', answer["items"]!.AsArray().Select(each => (string?)each!["outcome"]));
    }

    private async Task<JsonNode> Ada_() => (await Desk.Admin.GetAsync("/v1/customers?email=ada@example.org").Json())["items"]![0]!;

    private string ById(string more = "") => $$"""{ "messageId": "{{mail["messageId"]}}", "type": "bounce"{{more}} }""";

    [Test]
    public async Task A_permanent_bounce_marks_the_customer_unreachable_and_tells_the_agents()
    {
        Assert.That(await Report(ById(""", "permanent": true, "diagnostic": "550 5.1.1\r\nNo such mailbox", "at": "2026-03-02T07:59:00Z" """)), Is.EqualTo("marked"));
        var bounce = (await Desk.Admin.GetAsync($"/v1/deliveries/{mail["id"]}").Json())["bounce"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)(await Ada_())["unreachableSince"], Is.EqualTo("2026-03-02T07:59:00Z"));
            Assert.That(JsonNode.DeepEquals(bounce, JsonNode.Parse("""{ "type": "bounce", "permanent": true, "diagnostic": "550 5.1.1  No such mailbox", "at": "2026-03-02T07:59:00Z" }""")), Is.True, bounce.ToJsonString());
            Assert.That((await Notes(ticket)).Single(), Does.StartWith("Mail to the customer comes back"));
            Assert.That((await Read(ticket, "/timeline"))["items"]!.AsArray().Select(item => (string?)item!["type"]), Has.One.EqualTo("delivery.bounced"));
        }

        await Advance("PT3H");
        Assert.That(Mails(), Has.Count.EqualTo(1), "nothing more is mailed");
        Assert.That(await Notes(ticket), Has.One.Contains("nobody to reach"));
    }

    [Test]
    public async Task A_complaint_marks_her_too()
    {
        Assert.That(await Report("""{ "recipient": "Ada@Example.org", "type": "complaint" }"""), Is.EqualTo("marked"));
        Assert.That((string?)(await Ada_())["unreachableSince"], Is.EqualTo(Monday));
        Assert.That((await Notes(ticket)).Single(), Does.Contain("unwanted"));
    }

    [Test]
    public async Task A_temporary_bounce_is_recorded_and_does_no_more()
    {
        Assert.That(await Report(ById()), Is.EqualTo("recorded"));
        Assert.That(((await Ada_())["unreachableSince"], (await Notes(ticket)).Count), Is.EqualTo(((JsonNode?)null, 0)));
        Assert.That(await Report(ById(""", "permanent": true""")), Is.EqualTo("marked"), "a lasting one says more");
        Assert.That((bool?)(await Desk.Admin.GetAsync($"/v1/deliveries/{mail["id"]}").Json())["bounce"]!["permanent"], Is.True);
    }

    [Test]
    public async Task To_say_the_same_again_changes_nothing()
    {
        await Report(ById(""", "permanent": true"""));
        var before = await Database.Ask<string>("select count(*) || ' ' || (select row_version from customers) || ' ' || (select row_version from tickets) from events");
        Assert.That(await Report(ById(""", "permanent": true""")), Is.EqualTo("known"));
        Assert.That(await Report("""{ "recipient": "ada@example.org", "type": "bounce", "permanent": true }"""), Is.EqualTo("known"));
        Assert.That(await Database.Ask<string>("select count(*) || ' ' || (select row_version from customers) || ' ' || (select row_version from tickets) from events"), Is.EqualTo(before));
    }

    [Test]
    public async Task An_address_that_is_no_longer_hers_marks_nothing_and_a_new_one_clears_the_mark()
    {
        await Report(ById(""", "permanent": true"""));
        var address = $"/v1/customers/{(await Ada_())["id"]}";
        Assert.That((await Desk.Admin.Send(HttpMethod.Patch, address, """{ "email": "new@example.org" }""").Json())["unreachableSince"], Is.Null);
        Assert.That(await Report("""{ "recipient": "ada@example.org", "type": "bounce", "permanent": true }"""), Is.EqualTo("unknown"));
        Assert.That(await Report(ById(""", "permanent": true""")), Is.EqualTo("known"));
        Assert.That((await Desk.Admin.GetAsync(address).Json())["unreachableSince"], Is.Null);
    }

    [Test]
    public async Task An_address_that_is_not_the_one_she_is_written_to_marks_nothing()
    {
        var address = $"/v1/customers/{(await Ada_())["id"]}";
        await Desk.Admin.Send(HttpMethod.Patch, address, """{ "emails": ["ada@example.org", "second@example.org"] }""").Json();
        Assert.That(await Report("""{ "recipient": "second@example.org", "type": "bounce", "permanent": true }"""), Is.EqualTo("unknown"));
        Assert.That((await Desk.Admin.GetAsync(address).Json())["unreachableSince"], Is.Null);
    }

    [Test]
    public async Task Each_item_is_answered_for_itself()
    {
        var id = ((string)mail["messageId"]!).Trim('<', '>');
        Assert.That(
            await Report($$"""{ "messageId": "<none@example.org>", "type": "bounce", "permanent": true }, { "messageId": "{{id}}", "type": "bounce" }, { "recipient": "nobody@example.org", "type": "complaint" }"""),
            Is.EqualTo("unknown,recorded,unknown"));
    }

    [Test]
    public async Task The_agents_of_at_most_twenty_tickets_are_told_those_whose_promises_come_first()
    {
        for (var count = 0; count < 21; count++) await Open();
        await Patch(ticket, """{ "status": "resolved" }""").Json();
        await Report("""{ "recipient": "ada@example.org", "type": "bounce", "permanent": true }""");
        Assert.That(await Database.Ask<long>("select count(*) from messages where visibility = 'internal'"), Is.EqualTo(20));
        Assert.That(await Notes(ticket), Is.Empty, "nothing is owed there");
    }

    [Test]
    public async Task A_customer_who_is_written_to_by_webhook_or_inbox_is_reached_all_the_same()
    {
        var inbox = await Customer("""{ "email": "grace@example.org", "preferredChannel": "inbox" }""");
        await Report("""{ "recipient": "grace@example.org", "type": "bounce", "permanent": true }""");
        var hers = await OpenFor(inbox);
        Assert.That((string?)(await Deliveries(hers)).Single()["channel"], Is.EqualTo("inbox"));
    }

    [TestCase("""{ "type": "bounce" }""", "items[0].messageId")]
    [TestCase("""{ "type": "bounce", "recipient": "nobody" }""", "items[0].recipient")]
    [TestCase("""{ "type": "lost", "recipient": "a@example.org" }""", "items[0].type")]
    [TestCase("null", "items[0]")]
    public async Task What_is_no_report_is_refused(string item, string member) =>
        Assert.That(await Desk.Admin.Post("/v1/deliveries/bounces", $$"""{ "items": [{{item}}] }""").Refuses(member), Is.Not.Empty);

    [Test]
    public async Task It_is_not_for_callers_who_are_held_to_queues()
    {
        var key = await Desk.Admin.Post("/v1/api-keys", """{ "name": "x", "scopes": ["messages:write"], "queues": ["sales"] }""").Json(HttpStatusCode.Created);
        using var held = Desk.With((string)key["key"]!);
        await held.Post("/v1/deliveries/bounces", $$"""{ "items": [{{ById()}}] }""").Problem(HttpStatusCode.Forbidden, "queue-forbidden");
    }
}
