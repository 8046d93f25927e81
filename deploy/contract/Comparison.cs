using System.Text.Json.Nodes;

namespace HelpDesk.Contract;

/// <summary>One operation, before and after.</summary>
internal sealed class Comparison(JsonNode before, JsonNode after, List<string> found)
{
    public void Operation(string address, JsonNode was, JsonNode now)
    {
        Parameters(address, was, now);
        Security(address, was, now);
        foreach (var (type, media) in BreakingChanges.Object(was["requestBody"]?["content"]))
        {
            if (now["requestBody"]?["content"]?[type] is not { } body) found.Add($"{address} no longer takes {type}");
            else Schemas(isRequest: true).Compare($"{address} request", media!["schema"], body["schema"]);
        }

        if (was["requestBody"] is null && (bool?)now["requestBody"]?["required"] == true) found.Add($"{address} wants a body");
        foreach (var (status, answer) in BreakingChanges.Object(was["responses"]).Where(entry => entry.Key.StartsWith('2'))) Answer($"{address} {status}", answer!, now["responses"]?[status]);
    }

    private void Answer(string place, JsonNode was, JsonNode? now)
    {
        if (now is null)
        {
            found.Add($"{place} is no longer answered");
            return;
        }

        foreach (var (type, media) in BreakingChanges.Object(was["content"]))
        {
            if (now["content"]?[type] is not { } body) found.Add($"{place} is no longer answered as {type}");
            else Schemas(isRequest: false).Compare(place, media!["schema"], body["schema"]);
        }
    }

    private void Parameters(string address, JsonNode was, JsonNode now)
    {
        var (old, current) = (ByName(was), ByName(now));
        foreach (var (name, parameter) in old)
        {
            if (!current.TryGetValue(name, out var there)) found.Add($"{address} no longer takes {name}");
            else Schemas(isRequest: true).Compare($"{address} {name}", parameter["schema"], there["schema"]);
        }

        found.AddRange(current.Where(entry => IsRequired(entry.Value) && !(old.TryGetValue(entry.Key, out var there) && IsRequired(there))).Select(entry => $"{address} wants {entry.Key}"));
    }

    /// <summary>A key that was good must stay good: scopes stand in the description, the scheme here.</summary>
    private void Security(string address, JsonNode was, JsonNode now)
    {
        if (was["security"] is JsonArray { Count: 0 } && now["security"] is JsonArray { Count: > 0 }) found.Add($"{address} wants a key");
    }

    private static Dictionary<string, JsonNode> ByName(JsonNode operation) =>
        (operation["parameters"] as JsonArray ?? []).ToDictionary(parameter => $"{parameter!["in"]} {parameter["name"]}", parameter => parameter!);

    private static bool IsRequired(JsonNode parameter) => (bool?)parameter["required"] == true;

    private SchemaComparison Schemas(bool isRequest) => new(before, after, found, isRequest);
}
