using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Recovery;

public sealed class PausedLapseTests
{
    [Test]
    public async Task A_lapse_that_a_pause_came_upon_before_the_sweep_is_apologised_for_once_the_clock_goes_on()
    {
        using var desk = TestDesk.Start([("Sandbox:Clock", "true")]);
        await Clock(desk, "2026-03-02T09:00:00Z");
        var calendar = await desk.Admin.Post("/v1/calendars", """{ "name": "Office", "timeZone": "UTC", "week": { "mon": [["09:00","17:00"]] } }""").Json(HttpStatusCode.Created);
        var policy = $$"""{ "name": "All", "calendarId": "{{calendar["id"]}}", "terms": { "resolution": { "target": "PT2H" } } }""";
        await desk.Admin.Post("/v1/policies", policy).Json(HttpStatusCode.Created);
        var ticket = await desk.Admin.Post("/v1/tickets", """{ "subject": "x", "body": "y", "requester": { "email": "ada@example.org" } }""").Json(HttpStatusCode.Created);
        // Set, not advanced: nothing sweeps between the lapse and the pause.
        await Clock(desk, "2026-03-02T12:00:00Z");
        await Status(desk, ticket, "on_hold");
        Assert.That(await Happened(desk), Has.None.EqualTo("recovery"));
        await Status(desk, ticket, "open");
        Assert.That(await Happened(desk), Has.One.EqualTo("recovery"));
        Assert.That(await Happened(desk), Is.Empty);
        var resolution = (await desk.Admin.GetAsync($"/v1/tickets/{ticket["id"]}").Json())["commitments"]![0]!;
        Assert.That(
            resolution["promises"]!.AsArray().Select(promise => ((string?)promise!["madeBy"], (string?)promise["promisedAt"], (string?)promise["outcome"])),
            Is.EqualTo(new[] { ("policy", "2026-03-02T11:00:00Z", "broken"), ("recovery", "2026-03-02T13:00:00Z", "open") }));
    }

    private static async Task Clock(TestDesk desk, string now) => await desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", $$"""{ "now": "{{now}}" }""").Json();

    private static async Task Status(TestDesk desk, JsonNode ticket, string status) =>
        await desk.Admin.Send(HttpMethod.Patch, $"/v1/tickets/{ticket["id"]}", $$"""{ "status": "{{status}}" }""").Json();

    private static async Task<List<string?>> Happened(TestDesk desk) =>
        [.. (await desk.Admin.Post("/v1/sandbox/clock/advance", """{ "by": "PT0S" }""").Json())["happened"]!.AsArray().Select(happened => (string?)happened!["what"])];
}
