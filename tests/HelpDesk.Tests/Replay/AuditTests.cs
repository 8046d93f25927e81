using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Replay;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Replay;

/// <summary>An audit is worth as much as what it finds.</summary>
public sealed class AuditTests
{
    private const string Ticket = """{ "subject": "Printer on fire", "body": "It burns.", "requester": { "email": "ada@example.org" } }""";

    private ReplayDesk desk = null!;

    [SetUp]
    public async Task Start_a_desk_that_promises_an_answer_within_four_hours()
    {
        desk = new ReplayDesk();
        await Stage.Set(new Desk(desk.Admin), Playback.CalendarFile, Playback.PolicyFile, Instant.FromUtc(2026, 3, 2, 12, 0), default);
        await desk.Admin.Post("/v1/tickets", Ticket).Json(HttpStatusCode.Created);
    }

    [TearDown]
    public void Stop() => desk.Dispose();

    private Task<Audit> Look() => Audit.Of(new Desk(desk.Admin), default);

    private Task<JsonNode> Advance(string by) => desk.Admin.Post("/v1/sandbox/clock/advance", $$"""{ "by": "{{by}}" }""").Json();

    [Test]
    public async Task A_promise_that_lapsed_while_the_desk_was_down_is_a_silent_breach()
    {
        await Advance("PT0S");
        // Jumping plays nothing of what lies between: so does a desk that is down.
        await desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", """{ "now": "2026-03-02T17:00:00Z" }""").Json();
        await Advance("PT0S");
        var audit = await Look();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(audit.Silent, Has.Count.EqualTo(1));
            Assert.That(audit.Silent.Single(), Does.StartWith("ticket 1 (): first_response promised for 2026-03-02T16:00:00Z"));
        }
    }

    [Test]
    public async Task A_promise_that_lapsed_after_its_follow_ups_is_not()
    {
        await Advance("P3D");
        var audit = await Look();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(audit.Tickets[0]["commitments"]!.AsArray().SelectMany(commitment => commitment!["promises"]!.AsArray()).Select(promise => (string?)promise!["outcome"]), Does.Contain("broken"));
            Assert.That(audit.Silent.Concat(audit.Untold).Concat(audit.Unreachable), Is.Empty);
        }
    }
}
