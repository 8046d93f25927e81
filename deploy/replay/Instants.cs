using System.Text.Json.Nodes;
using NodaTime.Text;

namespace HelpDesk.Replay;

/// <summary>Instants as the desk writes them.</summary>
internal static class Instants
{
    public static string Text(Instant at) => InstantPattern.ExtendedIso.Format(at);

    public static Instant? Of(JsonNode? value) => (string?)value is { } text ? InstantPattern.ExtendedIso.Parse(text).Value : null;
}
