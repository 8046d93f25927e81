using System.Text.Json.Nodes;

namespace HelpDesk.Tests.Support;

/// <summary>Tickets as the API answers them, read by people.</summary>
internal static class TicketJson
{
    /// <summary>The last commitment of a kind.</summary>
    public static JsonNode Last(this JsonNode ticket, string kind) =>
        (ticket["commitments"] ?? ticket["items"])!.AsArray().OfType<JsonNode>().Last(commitment => (string?)commitment["kind"] == kind);

    public static IReadOnlyList<string> Kinds(this JsonNode ticket) => [.. ticket["commitments"]!.AsArray().Select(commitment => (string)commitment!["kind"]!)];

    /// <summary>"kind state" of each commitment.</summary>
    public static IReadOnlyList<string> States(this JsonNode ticket) =>
        [.. ticket["commitments"]!.AsArray().Select(commitment => $"{commitment!["kind"]} {commitment["state"]}")];

    /// <summary>The promises of a commitment as "day hour outcome", e.g. "02 12:00 renewed, 02 14:00 open".</summary>
    public static string Ledger(this JsonNode commitment) =>
        string.Join(", ", commitment["promises"]!.AsArray().Select(promise => $"{Hour(promise!["promisedAt"])} {promise["outcome"]}"));

    /// <summary>"day hour" of an instant in March 2026, to the microsecond where there are any.</summary>
    public static string? Hour(this JsonNode? instant) =>
        (string?)instant is not { } text ? null
        : text.StartsWith("2026-03-", StringComparison.Ordinal) && text.EndsWith(":00Z", StringComparison.Ordinal) ? text[8..16].Replace('T', ' ')
        : text;
}
