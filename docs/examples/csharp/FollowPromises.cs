// Counts what becomes of promises, each exactly once, through kills and outages on either side.
//
//   dotnet run FollowPromises.cs [--once]
//
// What was counted and the place in the feed (next) are one file, replaced whole: a stop at any moment leaves both as they were, or both as they
// are now. With a database of yours, write both in one transaction. --once ends where there is nothing new, for a job that runs every hour.
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

internal static class FollowPromises
{
    private const string StateFile = "promises.json";

    public static async Task<int> Main(string[] args)
    {
        using var desk = new HttpClient { BaseAddress = new(Setting("HELPDESK_URL")), Timeout = TimeSpan.FromSeconds(30) };
        desk.DefaultRequestHeaders.Authorization = new("Bearer", Setting("HELPDESK_KEY"));
        var state = Load();
        for (var failures = 0; ;)
        {
            var (status, retryAfter, page) = await Read(desk, (string?)state["next"]);
            switch (status)
            {
                case 200:
                    failures = 0;
                    Count(state, page);
                    Save(state);
                    Console.WriteLine(state["counts"]!.ToJsonString());
                    if ((bool)page["hasMore"]!) break;
                    if (args.Contains("--once")) return 0;
                    await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
                    break;
                case 410:
                    // The desk was restored from a backup: what comes from the feed alone can be counted anew.
                    state = Beginning();
                    break;
                case 400 or 401 or 403 or 404:
                    await Console.Error.WriteLineAsync($"Refused: {page["detail"]}");
                    return 1;
                default:
                    await Console.Error.WriteLineAsync($"Not now ({status}): {page["detail"]}");
                    await Task.Delay(retryAfter ?? BackOff(failures++), TimeProvider.System);
                    break;
            }
        }
    }

    private static JsonObject Beginning() => new() { ["next"] = null, ["counts"] = new JsonObject() };

    private static JsonObject Load() => File.Exists(StateFile) ? JsonNode.Parse(File.ReadAllText(StateFile))!.AsObject() : Beginning();

    private static void Save(JsonObject state)
    {
        using (var file = new FileStream($"{StateFile}.new", FileMode.Create))
        {
            file.Write(Encoding.UTF8.GetBytes(state.ToJsonString()));
            file.Flush(flushToDisk: true);
        }

        File.Move($"{StateFile}.new", StateFile, overwrite: true);
    }

    /// <summary>A page of the feed, or what is wrong. A status of 0: there was no answer.</summary>
    private static async Task<(int Status, TimeSpan? RetryAfter, JsonNode Page)> Read(HttpClient desk, string? after)
    {
        try
        {
            using var answer = await desk.GetAsync($"/v1/events?types=promise.*&limit=500{(after is null ? "" : $"&after={after}")}");
            var text = await answer.Content.ReadAsStringAsync();
            // A proxy's own page is no JSON.
            var isJson = answer.Content.Headers.ContentType is { MediaType: "application/json" or "application/problem+json" };
            return ((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta, isJson ? JsonNode.Parse(text)! : new JsonObject { ["detail"] = text });
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException or JsonException)
        {
            return (0, null, new JsonObject { ["detail"] = error.Message });
        }
    }

    private static void Count(JsonObject state, JsonNode page)
    {
        var counts = state["counts"]!.AsObject();
        foreach (var item in page["items"]!.AsArray())
        {
            var type = (string)item!["type"]!;
            counts[type] = ((int?)counts[type] ?? 0) + 1;
        }

        state["next"] = (string)page["next"]!;
    }

    private static TimeSpan BackOff(int failures) => Random.Shared.NextDouble() * TimeSpan.FromSeconds(Math.Min(30, 0.5 * Math.Pow(2, failures)));

    private static string Setting(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set.");
}
