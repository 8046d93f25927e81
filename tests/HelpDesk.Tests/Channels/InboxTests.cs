using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Channels;

/// <summary>Messages that are kept for the frontend to show.</summary>
internal sealed class InboxTests : DeskFixture
{
    private JsonNode grace = null!;

    [SetUp]
    public async Task A_customer_with_an_inbox()
    {
        await Policy();
        grace = await Customer("""{ "email": "grace@example.org", "name": "Grace", "preferredChannel": "inbox" }""");
    }

    private string Address => $"/v1/customers/{grace["id"]}/inbox";

    private Task<JsonNode> Inbox(string query = "") => Desk.Admin.GetAsync(Address + query).Json();

    private static IEnumerable<string?> Kinds(JsonNode page) => page["items"]!.AsArray().Select(item => (string?)item!["kind"]);

    private async Task<HttpResponseMessage> Mark(JsonNode message, HttpMethod method)
    {
        var answer = await Desk.Admin.Send(method, $"{Address}/{message["id"]}/read");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        return answer;
    }

    [Test]
    public async Task Messages_lie_in_it_with_their_words_and_what_they_promise_the_newest_first()
    {
        var ticket = await OpenFor(grace);
        Assert.That((await Inbox())["items"]!.AsArray(), Is.Empty, "what has not been handed over is not in it");
        await Advance("PT3H");
        var page = await Inbox();
        var first = page["items"]![0]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Kinds(page), Is.EqualTo(new[] { "follow_up", "acknowledgement" }));
            Assert.That((int?)page["unread"], Is.EqualTo(2));
            Assert.That(((long?)first["ticketId"], (string?)first["publicUrl"], (string?)first["sentAt"], first["readAt"]),
                Is.EqualTo(((long?)ticket["id"], (string?)ticket["publicUrl"], "2026-03-02T11:00:00Z", (JsonNode?)null)));
            Assert.That((string?)first["subject"], Does.StartWith("We need a little longer: Printer on fire"));
            Assert.That((string?)first["text"], Does.Contain("Hello Grace").And.Not.Contain("opt-out"));
            Assert.That((string?)first["html"], Does.Contain("Hello Grace"));
            Assert.That(JsonNode.DeepEquals(first["promises"], JsonNode.Parse("""[{ "kind": "first_response", "promisedAt": "2026-03-02T14:00:00Z", "before": "2026-03-02T12:00:00Z" }]""")), Is.True, first.ToJsonString());
            Assert.That(Mails(), Is.Empty);
        }
    }

    [Test]
    public async Task A_message_is_read_once_and_may_be_unread_again()
    {
        await OpenFor(grace);
        await Advance("PT3H");
        var first = (await Inbox())["items"]![0]!;
        await Mark(first, HttpMethod.Put);
        await Now("2026-03-02T11:30:00Z");
        await Mark(first, HttpMethod.Put);
        var read = await Inbox();
        Assert.That(((string?)read["items"]![0]!["readAt"], (int?)read["unread"]), Is.EqualTo(("2026-03-02T11:00:00Z", 1)));
        Assert.That(Kinds(await Inbox("?unread=true")), Is.EqualTo(new[] { "acknowledgement" }));
        Assert.That(Kinds(await Inbox("?unread=false")), Is.EqualTo(new[] { "follow_up" }));
        await Mark(first, HttpMethod.Delete);
        await Mark(first, HttpMethod.Delete);
        Assert.That((int?)(await Inbox("?unread=true"))["unread"], Is.EqualTo(2));
        Assert.That(await Database.Ask<long>("select count(*) from events where type like 'inbox.%'"), Is.EqualTo(2), "what changed nothing left nothing");
    }

    [Test]
    public async Task All_are_marked_at_once()
    {
        await OpenFor(grace);
        await Advance("PT3H");
        await Desk.Admin.Send(HttpMethod.Put, $"{Address}/read");
        Assert.That((int?)(await Inbox())["unread"], Is.Zero);
        Assert.That((int?)(await Inbox("?unread=true"))["items"]!.AsArray().Count, Is.Zero);
    }

    [Test]
    public async Task It_is_walked_page_by_page()
    {
        await OpenFor(grace);
        await OpenFor(grace);
        await OpenFor(grace);
        await Deliver();
        var page = await Inbox("?limit=2");
        var rest = await Inbox($"?limit=2&cursor={page["nextCursor"]}");
        Assert.That(page["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(item => (string?)item!["id"]).Distinct().Count(), Is.EqualTo(3));
        Assert.That(((int?)rest["unread"], rest["nextCursor"]), Is.EqualTo(((int?)3, (JsonNode?)null)));
    }

    [Test]
    public async Task A_caller_who_is_held_to_queues_sees_and_marks_the_messages_of_its_tickets_alone()
    {
        await PostTicket($$"""{ "subject": "Ours", "body": "x", "queue": "sales", "requesterId": "{{grace["id"]}}" }""").Json(HttpStatusCode.Created);
        await PostTicket($$"""{ "subject": "Theirs", "body": "x", "queue": "billing", "requesterId": "{{grace["id"]}}" }""").Json(HttpStatusCode.Created);
        await Deliver();
        var key = await Desk.Admin.Post("/v1/api-keys", """{ "name": "x", "scopes": ["messages:read", "messages:write"], "queues": ["sales"] }""").Json(HttpStatusCode.Created);
        using var held = Desk.With((string)key["key"]!);
        var seen = await held.GetAsync(Address).Json();
        Assert.That((seen["items"]!.AsArray().Count, (int?)seen["unread"]), Is.EqualTo((1, 1)));
        var theirs = (await Inbox())["items"]!.AsArray().Single(item => ((string?)item!["subject"])!.Contains("Theirs", StringComparison.Ordinal))!;
        await held.Send(HttpMethod.Put, $"{Address}/{theirs["id"]}/read").Problem(HttpStatusCode.NotFound, "not-found");
        await held.Send(HttpMethod.Put, $"{Address}/read");
        Assert.That((int?)(await Inbox())["unread"], Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_no_message_in_this_inbox_is_not_found()
    {
        var ada = await OpenFor(await Customer(Ada));
        await Deliver();
        var mail = (await Deliveries(ada)).Single();
        await Desk.Admin.Send(HttpMethod.Put, $"{Address}/{mail["id"]}/read").Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.GetAsync("/v1/customers/0195564e-1200-7a01-8f00-0a1b2c3d4e5f/inbox").Problem(HttpStatusCode.NotFound, "not-found");
        await OpenFor(grace);
        await Deliver();
        var message = (await Inbox())["items"]![0]!;
        await Desk.Admin.DeleteAsync($"/v1/customers/{grace["id"]}");
        await Desk.Admin.GetAsync(Address).Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.Send(HttpMethod.Put, $"{Address}/{message["id"]}/read").Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.Send(HttpMethod.Put, $"{Address}/read").Problem(HttpStatusCode.NotFound, "not-found");
        Assert.That(await Desk.Admin.GetAsync($"{Address}?unread=maybe").Refuses("unread"), Is.Not.Empty);
    }
}
