using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

internal sealed class CallbackTests : DeskFixture
{
    private Task<HttpResponseMessage> Promise(JsonNode ticket, string at = "2026-03-03T15:00:00Z", string words = "I will call you") =>
        Post(ticket, "/promises", $$"""{ "words": "{{words}}", "promisedAt": "{{at}}" }""");

    private Task<HttpResponseMessage> Fulfil(JsonNode ticket, JsonNode? id) => Desk.Admin.Send(HttpMethod.Put, $"/v1/tickets/{ticket["id"]}/promises/{id}/fulfilment");

    [Test]
    public async Task An_agents_promise_is_told_and_followed_up_around_the_clock()
    {
        var ticket = await Open();
        var answer = await Promise(ticket);
        var callback = await answer.Json(HttpStatusCode.Created);
        var promise = callback["promises"]![0]!;
        Assert.That(JsonNode.DeepEquals(callback, (await Read(ticket)).Last("callback")));
        Assert.That(((string?)callback["kind"], (string?)callback["state"], callback["promisedAt"].Hour(), callback["followUpAt"].Hour(), callback["policyVersion"]),
            Is.EqualTo(("callback", "running", "03 15:00", "03 14:00", (JsonNode?)null)));
        Assert.That(((string?)promise["madeBy"], (string?)promise["words"]), Is.EqualTo(("agent", "I will call you")));
        Assert.That(answer.Headers.ETag?.Tag, Is.EqualTo("\"2\""));
        Assert.That(await LastText(ticket), Does.Contain("- I will call you: by Tuesday, 3 March 2026 at 15:00 (UTC)"));
        Assert.That((string?)(await Read(ticket))["nextPromise"]!["kind"], Is.EqualTo("callback"));
        await Advance("P1DT6H");
        Assert.That(await Notes(ticket), Has.One.Contains("The time you promised the customer is near."));
    }

    [Test]
    public async Task Saying_twice_that_it_was_kept_is_saying_it_once()
    {
        var ticket = await Open();
        var promise = (await Promise(ticket).Json(HttpStatusCode.Created))["promises"]![0]!["id"];
        await Now("2026-03-03T15:00:00Z");
        var first = await Fulfil(ticket, promise);
        var once = await first.Json();
        Assert.That(((string?)once["state"], once["fulfilledAt"].Hour(), once.Ledger()), Is.EqualTo(("kept", "03 15:00", "03 15:00 kept")));
        await Now("2026-03-04T08:00:00Z");
        var second = await Fulfil(ticket, promise);
        Assert.That(JsonNode.DeepEquals(await second.Json(), once));
        Assert.That((first.Headers.ETag?.Tag, second.Headers.ETag?.Tag, (await Get(ticket)).Headers.ETag?.Tag), Is.EqualTo(("\"3\"", "\"3\"", "\"3\"")));
    }

    [Test]
    public async Task It_may_be_named_by_the_promise_that_a_follow_up_made()
    {
        var ticket = await Open();
        await Promise(ticket);
        await Advance("P1DT6H");
        var renewed = (await Read(ticket)).Last("callback");
        Assert.That(renewed["promises"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That((string?)(await Fulfil(ticket, renewed["promises"]![1]!["id"]).Json())["state"], Is.EqualTo("kept"));
    }

    [Test]
    public async Task A_reply_that_names_it_keeps_it_and_one_that_does_not_leaves_it()
    {
        var ticket = await Open();
        var callback = await Promise(ticket).Json(HttpStatusCode.Created);
        await Said(ticket, "agent");
        Assert.That((string?)(await Read(ticket)).Last("callback")["state"], Is.EqualTo("running"));
        await Said(ticket, "agent", $"\"fulfils\": \"{callback["promises"]![0]!["id"]}\"");
        Assert.That((string?)(await Read(ticket)).Last("callback")["state"], Is.EqualTo("kept"));
        await Say(ticket, "agent", $"\"fulfils\": \"{callback["id"]}\"").Problem(HttpStatusCode.UnprocessableEntity, "no-such-callback");
    }

    [Test]
    public async Task What_the_policy_promised_is_kept_by_replies_alone()
    {
        await Policy();
        var ticket = await Open();
        await Fulfil(ticket, ticket.Last("first_response")["promises"]![0]!["id"]).Problem(HttpStatusCode.Conflict, "not-a-callback");
        await Fulfil(ticket, "0195564e-1200-7a01-8f00-0a1b2c3d4e5f").Problem(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task A_promise_that_was_given_up_cannot_be_said_kept()
    {
        var ticket = await Open();
        var callback = await Promise(ticket).Json(HttpStatusCode.Created);
        await Patch(ticket, """{ "status": "resolved" }""").Json();
        Assert.That((string?)(await Read(ticket)).Last("callback")["state"], Is.EqualTo("cancelled"));
        await Fulfil(ticket, callback["id"]).Problem(HttpStatusCode.Conflict, "promise-over");
        await Promise(ticket).Problem(HttpStatusCode.Conflict, "ticket-over");
    }

    [TestCase("""{ "words": "w", "promisedAt": "2026-03-02T08:00:00Z" }""", "promisedAt")]
    [TestCase("""{ "words": "w", "promisedAt": "2037-01-01T00:00:00Z" }""", "promisedAt")]
    [TestCase("""{ "words": "w", "promisedAt": "tomorrow" }""", "promisedAt")]
    [TestCase("""{ "words": "w", "promisedAt": null }""", "promisedAt")]
    [TestCase("""{ "words": "w" }""", "promisedAt")]
    [TestCase("""{ "words": " ", "promisedAt": "2026-03-03T08:00:00Z" }""", "words")]
    [TestCase("""{ "promisedAt": "2026-03-03T08:00:00Z" }""", "words")]
    [TestCase("""{ "words": "w", "promisedAt": "2026-03-03T08:00:00Z", "by": "phone" }""", "by")]
    public async Task What_cannot_be_promised_is_refused_by_its_name(string json, string member) => await Post(await Open(), "/promises", json).Refuses(member);
}
