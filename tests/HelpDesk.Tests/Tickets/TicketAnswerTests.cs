using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

/// <summary>Answers about a ticket keep to the conventions of all answers.</summary>
public sealed class TicketAnswerTests
{
    private const string CallTomorrow = """{ "words": "I will call", "promisedAt": "2099-03-03T13:00:00.000001Z" }""";

    private TestDesk desk = null!;
    private string ticket = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        desk = TestDesk.Start([("Sandbox:Clock", "true")]);
        await desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", """{ "now": "2099-03-02T13:00:00Z" }""").Json();
        var opened = await desk.Admin.Post("/v1/tickets", """{ "subject": "x", "body": "y", "requester": { "email": "ada@example.org" } }""").Json(HttpStatusCode.Created);
        ticket = $"/v1/tickets/{opened["id"]}";
    }

    [OneTimeTearDown]
    public void Stop() => desk.Dispose();

    [Test]
    public async Task A_promise_made_can_be_read_where_its_location_says()
    {
        var answer = await desk.Admin.Post($"{ticket}/promises", CallTomorrow);
        var made = await answer.Json(HttpStatusCode.Created);
        var there = await desk.Admin.GetAsync(answer.Headers.Location).Json();
        Assert.That(there["items"]!.AsArray().Select(commitment => (string?)commitment!["id"]), Does.Contain((string?)made["id"]));
    }

    [Test]
    public async Task The_timeline_writes_durations_as_the_rest_of_the_api_does()
    {
        await desk.Admin.Post($"{ticket}/promises", CallTomorrow).Json(HttpStatusCode.Created);
        var started = (await desk.Admin.GetAsync($"{ticket}/timeline").Json())["items"]!.AsArray().First(entry => (string?)entry!["type"] == "commitment.started")!["data"]!;
        Assert.That(((string?)started["target"], (string?)started["used"]), Is.EqualTo(("PT24H0.000001S", "PT0S")));
    }
}
