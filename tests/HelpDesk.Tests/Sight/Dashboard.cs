using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Sight;

/// <summary>deploy/grafana/helpdesk.json.</summary>
internal static class Dashboard
{
    private static readonly JsonNode Document = JsonNode.Parse(File.ReadAllText(Repository.File("deploy", "grafana", "helpdesk.json")))!;

    public static IReadOnlyList<Panel> Panels() =>
    [
        .. Document["panels"]!.AsArray().Select(panel => new Panel(
            (int)panel!["id"]!, (string)panel["title"]!, (int)panel["gridPos"]!["x"]!, (int)panel["gridPos"]!["y"]!, (int)panel["gridPos"]!["w"]!, (int)panel["gridPos"]!["h"]!)),
    ];

    /// <summary>Each with where it stands. A range that Grafana chooses is put as five minutes.</summary>
    public static IEnumerable<(string Where, string Expression)> Expressions() =>
        from panel in Document["panels"]!.AsArray()
        from target in panel!["targets"]?.AsArray() ?? []
        select ($"panel {panel!["title"]} {target!["refId"]}", ((string)target["expr"]!).Replace("$__rate_interval", "5m", StringComparison.Ordinal));

    internal sealed record Panel(int Id, string Title, int X, int Y, int Width, int Height)
    {
        public bool Overlaps(Panel other) => X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;
    }
}
