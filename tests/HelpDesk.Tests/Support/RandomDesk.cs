using System.Net;
using System.Text.Json.Nodes;

namespace HelpDesk.Tests.Support;

/// <summary>Tickets with whatever may happen to tickets, and policies as they may be: by one seed always the same.</summary>
internal sealed class RandomDesk(int seed, HttpClient client)
{
    private static readonly string[] Priorities = ["low", "normal", "high", "urgent"];
    private static readonly string[] Statuses = ["open", "waiting_on_customer", "on_hold", "resolved"];
    private static readonly string[] Kinds = ["first_response", "next_response", "update", "resolution"];

    private readonly Random random = new(seed);

    public List<long> Tickets { get; } = [];

    /// <summary>A term or null for each kind, as a merge patch of a policy's terms has it.</summary>
    public string Terms() => $"{{ {string.Join(", ", Kinds.Select(kind => $"\"{kind}\": {(random.Next(5) == 0 ? "null" : Term(kind))}"))} }}";

    /// <summary>The same for a policy that is made.</summary>
    public string FirstTerms() => $"{{ {string.Join(", ", Kinds.Where(_ => random.Next(5) > 0).Select(kind => $"\"{kind}\": {Term(kind)}"))} }}";

    private string Term(string kind)
    {
        var pauses = kind is "update" or "resolution" && random.Next(3) == 0 ? ", \"pausesIn\": [\"on_hold\"]" : random.Next(6) == 0 ? ", \"pausesIn\": [\"waiting_on_customer\", \"on_hold\"]" : ", \"pausesIn\": null";
        var hours = random.Next(3) == 0 ? "around_the_clock" : "working";
        return $$"""{ "target": "PT{{random.Next(1, 40)}}H", "hours": "{{hours}}", "cushion": "PT{{random.Next(3)}}H", "lead": "PT{{random.Next(5, 50)}}M", "byPriority": { "urgent": { "target": "PT{{random.Next(1, 12)}}H" } }{{pauses}} }""";
    }

    public async Task OpenOne()
    {
        var priority = Priorities[random.Next(Priorities.Length)];
        var body = random.Next(6) == 0 ? "" : """, "body": "It burns." """;
        var ticket = await client.Post("/v1/tickets", $$"""{ "subject": "s", "priority": "{{priority}}", "requester": { "email": "ada@example.org" }{{body}} }""").Json(HttpStatusCode.Created);
        Tickets.Add((long)ticket["id"]!);
    }

    /// <summary>One thing happens to one ticket.</summary>
    public async Task HappenOnce()
    {
        var address = $"/v1/tickets/{Tickets[random.Next(Tickets.Count)]}";
        var answer = random.Next(8) switch
        {
            0 or 1 => await client.Post($"{address}/messages", """{ "author": "agent", "body": "Words." }"""),
            2 or 3 => await client.Post($"{address}/messages", """{ "author": "customer", "body": "Words." }"""),
            4 => await client.Post($"{address}/messages", $$"""{ "author": "agent", "body": "Words.", "status": "{{Statuses[random.Next(Statuses.Length)]}}" }"""),
            5 => await client.Send(HttpMethod.Patch, address, $$"""{ "priority": "{{Priorities[random.Next(Priorities.Length)]}}" }"""),
            6 => await client.Post($"{address}/messages", """{ "author": "agent", "visibility": "internal", "body": "Words." }"""),
            _ => await client.Send(HttpMethod.Patch, address, $$"""{ "status": "{{Statuses[random.Next(Statuses.Length)]}}" }"""),
        };
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Some hours pass, a few to a day.</summary>
    public async Task Pass() => await client.Post("/v1/sandbox/clock/advance", $$"""{ "by": "PT{{random.Next(1, 24)}}H{{random.Next(60)}}M" }""").Json();

    public async Task Live(int tickets, int rounds, int happenings)
    {
        for (var round = 0; round < rounds; round++)
        {
            for (var count = tickets / rounds; count > 0; count--) await OpenOne();
            for (var count = 0; count < happenings; count++) await HappenOnce();
            await Pass();
        }
    }

    /// <summary>Every commitment there is, by its id.</summary>
    public async Task<Dictionary<string, (long Ticket, JsonNode Commitment)>> Commitments()
    {
        var all = new Dictionary<string, (long, JsonNode)>();
        foreach (var ticket in Tickets)
        {
            foreach (var commitment in (await client.GetAsync($"/v1/tickets/{ticket}").Json())["commitments"]!.AsArray()) all[(string)commitment!["id"]!] = (ticket, commitment);
        }

        return all;
    }
}
