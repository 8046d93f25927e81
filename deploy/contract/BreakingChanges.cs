using System.Text.Json.Nodes;

namespace HelpDesk.Contract;

/// <summary>
/// What in a new OpenAPI document breaks a client written for an old one. Requests may take more than before and never less; answers may say more than
/// before and never less. Descriptions and examples are free.
/// </summary>
internal static class BreakingChanges
{
    public static IReadOnlyList<string> Between(JsonNode before, JsonNode after)
    {
        var found = new List<string>();
        foreach (var (path, operations) in Object(before["paths"]))
        {
            foreach (var (method, operation) in Object(operations).Where(entry => entry.Key != "parameters"))
            {
                var address = $"{method.ToUpperInvariant()} {path}";
                if (after["paths"]?[path]?[method] is not { } now) found.Add($"{address} is gone");
                else new Comparison(before, after, found).Operation(address, operation!, now);
            }
        }

        return [.. found.Distinct()];
    }

    internal static IEnumerable<KeyValuePair<string, JsonNode?>> Object(JsonNode? node) => node as JsonObject ?? [];
}
