using System.Text.Json.Nodes;

namespace HelpDesk.Replay;

/// <summary>How the desk's verdict on the resolution of each incident agrees with the log's.</summary>
internal sealed class Verdicts
{
    private static readonly string[] Priorities = ["urgent", "high", "normal", "low"];

    private readonly Dictionary<(string Priority, bool Log, bool Desk), int> counts = [];

    public int BothMade => Count(log: true, desk: true);

    public int BothMissed => Count(log: false, desk: false);

    public int OnlyLogMade => Count(log: true, desk: false);

    public int OnlyDeskMade => Count(log: false, desk: true);

    public int All => counts.Values.Sum();

    public int Agreed => BothMade + BothMissed;

    /// <summary>Per last priority of the incident, the most urgent first.</summary>
    public IEnumerable<(string Priority, int Agreed, int All)> ByPriority =>
        Priorities.Select(priority => (priority, Total(priority, onlyAgreed: true), Total(priority, onlyAgreed: false))).Where(row => row.Item3 > 0);

    public static Verdicts Of(IEnumerable<Incident> incidents, IReadOnlyDictionary<string, List<long>> ticketsOf, IEnumerable<JsonNode> tickets)
    {
        var verdicts = new Verdicts();
        var byId = tickets.ToDictionary(ticket => (long)ticket["id"]!);
        foreach (var incident in incidents)
        {
            var own = ticketsOf[incident.Number].Select(id => byId[id]).ToList();
            var key = ((string)own[^1]["priority"]!, incident.MadeSla, MetTarget(own));
            verdicts.counts[key] = verdicts.counts.GetValueOrDefault(key) + 1;
        }

        return verdicts;
    }

    /// <summary>The target, not the promise: the log knows of no renewals. Every resolution of a reopened incident must have met its own.</summary>
    private static bool MetTarget(IEnumerable<JsonNode> tickets)
    {
        var resolutions = tickets.SelectMany(ticket => ticket["commitments"]!.AsArray()).Where(commitment => (string?)commitment!["kind"] == "resolution").ToList();
        return resolutions.Count > 0 && resolutions.All(commitment => (bool?)commitment!["metTarget"] == true);
    }

    private int Count(bool log, bool desk) => counts.Where(pair => pair.Key.Log == log && pair.Key.Desk == desk).Sum(pair => pair.Value);

    private int Total(string priority, bool onlyAgreed) =>
        counts.Where(pair => pair.Key.Priority == priority && (!onlyAgreed || pair.Key.Log == pair.Key.Desk)).Sum(pair => pair.Value);
}
