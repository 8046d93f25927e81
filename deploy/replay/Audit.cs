using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace HelpDesk.Replay;

/// <summary>
/// Whether the desk kept its word about promises, as its own API tells it. A promise that broke must have been followed up before it lapsed, and the
/// follow-up handed over by then; so must the follow-up that renewed one.
/// </summary>
internal sealed class Audit
{
    private const int SideBySide = 8;

    private Audit(IReadOnlyList<JsonNode> tickets, IReadOnlyList<JsonNode> deliveries) => (Tickets, Deliveries) = (tickets, deliveries);

    public IReadOnlyList<JsonNode> Tickets { get; }

    public IReadOnlyList<JsonNode> Deliveries { get; }

    /// <summary>Broken, and the customer had not been told before.</summary>
    public ConcurrentBag<string> Silent { get; } = [];

    /// <summary>Renewed, and the customer did not have the new date before the old one lapsed.</summary>
    public ConcurrentBag<string> Untold { get; } = [];

    /// <summary>Broken, and there was nobody to write to.</summary>
    public ConcurrentBag<string> Unreachable { get; } = [];

    public static async Task<Audit> Of(Desk desk, CancellationToken cancel)
    {
        var audit = new Audit(await desk.All("/v1/tickets?sort=createdAt", cancel), await desk.All("/v1/deliveries", cancel));
        var followUps = audit.Deliveries
            .Where(delivery => (string?)delivery["kind"] == "follow_up" && (string?)delivery["state"] == "sent")
            .ToLookup(delivery => (long?)delivery["ticketId"], delivery => (Queued: Instants.Of(delivery["createdAt"]), Sent: Instants.Of(delivery["sentAt"])!.Value));
        await Parallel.ForEachAsync(
            audit.Tickets, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancel },
            async (ticket, stop) => await audit.Judge(desk, ticket, [.. followUps[(long)ticket["id"]!]], stop));
        return audit;
    }

    private async Task Judge(Desk desk, JsonNode ticket, IReadOnlyList<(Instant? Queued, Instant Sent)> followUps, CancellationToken cancel)
    {
        IReadOnlyList<JsonNode>? timeline = null;
        foreach (var commitment in ticket["commitments"]!.AsArray())
        {
            foreach (var promise in commitment!["promises"]!.AsArray())
            {
                if ((string?)promise!["outcome"] is not ("broken" or "renewed")) continue;
                timeline ??= await desk.All($"/v1/tickets/{ticket["id"]}/timeline", cancel);
                var promisedAt = Instants.Of(promise["promisedAt"])!.Value;
                var about = timeline.Where(entry => (string?)entry["promiseId"] == (string?)promise["id"]).ToList();
                var told = about.Any(entry => Is(entry, "follow_up.sent") && followUps.Any(mail => mail.Queued == Instants.Of(entry["at"]) && mail.Sent <= promisedAt));
                if (!told) Note(promise, about, $"ticket {ticket["id"]} ({ticket["externalRef"]}): {commitment["kind"]} promised for {promise["promisedAt"]}");
            }
        }
    }

    private void Note(JsonNode promise, IReadOnlyList<JsonNode> about, string words)
    {
        if (about.Any(entry => Is(entry, "follow_up.unreachable"))) Unreachable.Add(words);
        else if ((string?)promise["outcome"] == "broken") Silent.Add(words);
        else Untold.Add(words);
    }

    private static bool Is(JsonNode entry, string type) => (string?)entry["type"] == type;
}
