using System.Text.Json;
using System.Text.Json.Nodes;

namespace HelpDesk.Replay;

/// <summary>An empty desk, made ready: its clock before the first incident, a calendar, and the policy that every ticket gets.</summary>
internal static class Stage
{
    /// <returns>The policy as the desk took it.</returns>
    public static async Task<JsonNode> Set(Desk desk, string calendarFile, string policyFile, Instant start, CancellationToken cancel)
    {
        foreach (var list in new[] { "tickets", "policies" })
        {
            var found = await desk.Get($"/v1/{list}?limit=1", cancel);
            if (found["items"]!.AsArray().Count > 0) throw new ReplayFailed($"The desk is not empty: it has {list}. A replay needs a desk of its own.");
        }

        await desk.Put("/v1/sandbox/clock", new { now = Instants.Text(start) }, cancel);
        var calendar = await desk.Post("/v1/calendars", await Read(calendarFile, cancel), cancel);
        var policy = await Read(policyFile, cancel);
        policy["calendarId"] = (string)calendar["id"]!;
        return await desk.Post("/v1/policies", policy, cancel);
    }

    private static async Task<JsonNode> Read(string file, CancellationToken cancel)
    {
        try
        {
            return JsonNode.Parse(await File.ReadAllTextAsync(file, cancel)) as JsonObject ?? throw new ReplayFailed($"{file} is not a JSON object.");
        }
        catch (JsonException error)
        {
            throw new ReplayFailed($"{file} is not JSON: {error.Message}");
        }
    }
}
