using System.Text.Json.Nodes;

namespace HelpDesk.Replay;

/// <summary>What a whole replay came to.</summary>
internal sealed record Outcome(IncidentLog Log, JsonNode Policy, Audit Audit, Verdicts Verdicts, int Requests)
{
    public int Tickets => Audit.Tickets.Count;

    public int Silent => Audit.Silent.Count;

    public bool Holds => Audit.Silent.IsEmpty && Audit.Untold.IsEmpty;

    public IEnumerable<JsonNode> Commitments(string? kind = null) => Audit.Tickets
        .SelectMany(ticket => ticket["commitments"]!.AsArray()!)
        .Where(commitment => kind is null || (string?)commitment!["kind"] == kind)!;

    public int Promises(string? outcome = null, string? kind = null) => Commitments(kind)
        .SelectMany(commitment => commitment["promises"]!.AsArray())
        .Count(promise => outcome is null || (string?)promise!["outcome"] == outcome);

    public IEnumerable<(string Kind, int Count)> Mails(string state) => Audit.Deliveries
        .Where(delivery => (string?)delivery["state"] == state)
        .GroupBy(delivery => (string)delivery["kind"]!)
        .Select(group => (group.Key, group.Count()))
        .OrderByDescending(pair => pair.Item2);
}
