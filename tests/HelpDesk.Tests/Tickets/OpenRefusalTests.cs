using System.Net;
using System.Net.Http.Headers;
using System.Text;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

internal sealed class OpenRefusalTests : DeskFixture
{
    [TestCase("""{ "body": "b", "requester": { "email": "a@b.org" } }""", "subject")]
    [TestCase("""{ "subject": null, "requester": { "email": "a@b.org" } }""", "subject")]
    [TestCase("""{ "subject": "  ", "requester": { "email": "a@b.org" } }""", "subject")]
    [TestCase("""{ "subject": "a\nb", "requester": { "email": "a@b.org" } }""", "subject")]
    [TestCase("""{ "subject": "s", "body": " ", "requester": { "email": "a@b.org" } }""", "body")]
    [TestCase("""{ "subject": "s" }""", "requester")]
    [TestCase("""{ "subject": "s", "requester": {} }""", "requester.email")]
    [TestCase("""{ "subject": "s", "requester": { "email": "not an address" } }""", "requester.email")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org", "locale": "gibberish!" } }""", "requester.locale")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org", "timeZone": "Mars/Olympus" } }""", "requester.timeZone")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org", "phone": "1" } }""", "requester.phone")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org" }, "requesterId": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f" }""", "requester")]
    [TestCase("""{ "subject": "s", "requesterId": "me" }""", "requesterId")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org" }, "prioritee": "high" }""", "prioritee")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org" }, "priority": "critical" }""", "priority")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org" }, "priority": "High" }""", "priority")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org" }, "priority": 1 }""", "priority")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org" }, "priority": null }""", "priority")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org" }, "createdBy": "robot" }""", "createdBy")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org" }, "automated": "yes" }""", "automated")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org" }, "queue": "" }""", "queue")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org" }, "tags": ["a", ""] }""", "tags[1]")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org" }, "tags": [null] }""", "tags[0]")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org" }, "tags": "a" }""", "tags")]
    [TestCase("""{ "subject": "s", "requester": { "email": "a@b.org" }, "customFields": [] }""", "customFields")]
    public async Task What_cannot_be_is_refused_by_its_name(string json, string member)
    {
        await PostTicket(json).Refuses(member);
        Assert.That(await Database.Ask<long>("select (select count(*) from tickets) + (select count(*) from customers)"), Is.Zero);
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("")]
    [TestCase("""{ "subject": "s", "subject": "t", "requester": { "email": "a@b.org" } }""")]
    [TestCase("""{ "subject": "a\u0000b", "requester": { "email": "a@b.org" } }""")]
    [TestCase("""{ "subject": "s", "body": "a\u0000b", "requester": { "email": "a@b.org" } }""")]
    [TestCase("""{ "subject": "s", "customFields": { "a": "\u0000" }, "requester": { "email": "a@b.org" } }""")]
    public async Task What_is_malformed_is_refused(string json)
    {
        var answer = await PostTicket(json);
        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.BadRequest, "application/problem+json")));
        Assert.That(await Database.Ask<long>("select (select count(*) from tickets) + (select count(*) from customers)"), Is.Zero);
    }

    [Test]
    public async Task A_customer_that_is_not_there_cannot_wait()
    {
        var problem = await PostTicket("""{ "subject": "s", "requesterId": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f" }""")
            .Problem(HttpStatusCode.UnprocessableEntity, "unknown-customer");
        Assert.That(problem["errors"]!["requesterId"], Is.Not.Null);
    }

    [Test]
    public async Task Another_content_type_is_refused()
    {
        var content = new StringContent("subject=s", Encoding.UTF8, "application/x-www-form-urlencoded");
        Assert.That((await Desk.Admin.PostAsync("/v1/tickets", content)).StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        var ticket = await Open();
        var patch = await Desk.Admin.Send(HttpMethod.Patch, $"/v1/tickets/{ticket["id"]}", "subject: t", "text/yaml");
        Assert.That((patch.StatusCode, patch.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.UnsupportedMediaType, "application/problem+json")));
    }

    [TestCase("")]
    [TestCase("/commitments")]
    [TestCase("/explanation")]
    [TestCase("/timeline")]
    [TestCase("/messages")]
    [TestCase("/messages/0195564e-1200-7a01-8f00-0a1b2c3d4e5f")]
    public async Task A_ticket_that_is_not_there_is_not_found(string part)
    {
        await Desk.Admin.GetAsync($"/v1/tickets/999999{part}").Problem(HttpStatusCode.NotFound, "not-found");
        Assert.That((await Desk.Admin.GetAsync($"/v1/tickets/none{part}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Nothing_is_written_to_a_ticket_that_is_not_there()
    {
        await Desk.Admin.Send(HttpMethod.Patch, "/v1/tickets/999999", """{ "queue": "x" }""", "application/merge-patch+json").Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.Post("/v1/tickets/999999/messages", """{ "author": "agent", "body": "b" }""").Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.Post("/v1/tickets/999999/promises", """{ "words": "w", "promisedAt": "2026-03-03T08:00:00Z" }""").Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.Send(HttpMethod.Put, "/v1/tickets/999999/promises/0195564e-1200-7a01-8f00-0a1b2c3d4e5f/fulfilment").Problem(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task Ten_megabytes_are_too_much()
    {
        using var desk = TestDesk.Start([("Sandbox:Clock", "true")], database: Database, kestrel: true);
        var content = new StringContent($$"""{ "subject": "s", "requester": {{Ada}}, "body": "{{new string('x', 10_000_000)}}" }""", Encoding.UTF8, "application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/tickets") { Content = content };
        request.Headers.ExpectContinue = true;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestDesk.AdminKey);
        // A client of its own, which waits for the answer before it sends so much.
        using var patient = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = desk.Admin.BaseAddress };
        var answer = await patient.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }
}
