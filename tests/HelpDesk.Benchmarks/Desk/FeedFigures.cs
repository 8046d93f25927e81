using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>The feed of events read from its first to its last by one reader, a thousand to a page, one page after the other.</summary>
internal static class FeedFigures
{
    private const int Rounds = 3;

    public static async Task Print(HttpClient http)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var events = await ReadAll(http);
            var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"feed, round {round + 1}: {events} events by one reader in {took:0.0} s: {events / took:0}/s"));
        }
    }

    private static async Task<int> ReadAll(HttpClient http)
    {
        var (events, after) = (0, "");
        while (true)
        {
            var page = await http.GetByteArrayAsync($"/v1/events?limit=1000{after}");
            var (items, next, hasMore) = Read(page);
            events += items;
            if (!hasMore) return events;
            after = $"&after={next}";
        }
    }

    /// <summary>Counts without keeping: what a reader does with events is its own affair.</summary>
    private static (int Items, string Next, bool HasMore) Read(byte[] page)
    {
        var json = new Utf8JsonReader(page);
        var (items, next, hasMore) = (0, "", false);
        while (json.Read())
        {
            if (json.TokenType is JsonTokenType.StartObject && json.CurrentDepth == 2) items++;
            if (json.TokenType is not JsonTokenType.PropertyName || json.CurrentDepth != 1) continue;
            if (json.ValueTextEquals("next") && json.Read()) next = json.GetString()!;
            else if (json.ValueTextEquals("hasMore") && json.Read()) hasMore = json.GetBoolean();
        }

        return (items, next, hasMore);
    }
}
