using System.Globalization;
using System.Text.Json.Nodes;

namespace HelpDesk.Contract;

/// <summary>
/// Two schemas of one place. In a request the new one must take all that the old one took; in an answer it must give no more kinds of values and no
/// fewer members than the old one gave. Unknown members are refused in requests, so a member that goes is a break there too.
/// </summary>
internal sealed class SchemaComparison(JsonNode before, JsonNode after, List<string> found, bool isRequest)
{
    private static readonly (string Word, bool MayGrow)[] Limits =
        [("maximum", true), ("maxLength", true), ("maxItems", true), ("minimum", false), ("minLength", false), ("minItems", false)];

    private readonly HashSet<(string, string)> seen = [];

    public void Compare(string place, JsonNode? was, JsonNode? now)
    {
        if (was is null) return;
        if (now is null)
        {
            found.Add($"{place} has no shape any more");
            return;
        }

        if (isRequest) now = Chosen(was, now);
        if (was["$ref"] is { } reference && !seen.Add(((string)reference!, (string?)now["$ref"] ?? place))) return;
        var (old, current) = (Resolve(before, was), Resolve(after, now));
        Types(place, old, current);
        Words(place, old, current);
        Bounds(place, old, current);
        Members(place, old, current);
        if (old["items"] is { } items) Compare($"{place}[]", items, current["items"]);
        if (old["additionalProperties"] is JsonObject rest) Compare($"{place}.*", rest, current["additionalProperties"] as JsonObject);
        Choices(place, old, current);
    }

    /// <summary>What may now be null too takes what it took: that choice is the one to compare.</summary>
    private static JsonNode Chosen(JsonNode was, JsonNode now) =>
        was["oneOf"] is null && now["oneOf"] is JsonArray choices && choices.Where(choice => (string?)choice!["type"] != "null").ToList() is [{ } only] ? only : now;

    private void Types(string place, JsonNode was, JsonNode now)
    {
        var (old, current) = (TypesOf(was), TypesOf(now));
        if (old.Count == 0 && current.Count == 0) return;
        var lost = (isRequest ? old.Except(current) : current.Except(old)).ToList();
        if (lost.Count == 0) return;
        found.Add(isRequest ? $"{place} no longer takes {string.Join(", ", lost)}" : $"{place} may now be {string.Join(", ", lost)}");
    }

    /// <summary>In an answer a new word is one that no client knows; in a request a word that goes is one that clients still send.</summary>
    private void Words(string place, JsonNode was, JsonNode now)
    {
        if (was["enum"] is not JsonArray && now["enum"] is not JsonArray) return;
        var (old, current) = (WordsOf(was), WordsOf(now));
        if (isRequest && current is not null) found.AddRange((old ?? ["anything"]).Except(current).Select(word => $"{place} no longer takes {word}"));
        if (!isRequest && old is not null) found.AddRange((current ?? ["anything"]).Except(old).Select(word => $"{place} may now be {word}"));
    }

    private void Bounds(string place, JsonNode was, JsonNode now)
    {
        if (!isRequest) return;
        foreach (var (word, mayGrow) in Limits)
        {
            var (old, current) = (Number(was[word]), Number(now[word]));
            if (current is null || (old is not null && (mayGrow ? current >= old : current <= old))) continue;
            found.Add($"{place}: {word} is now {current.Value.ToString(CultureInfo.InvariantCulture)}");
        }

        if (now["pattern"] is { } pattern && (string?)was["pattern"] != (string?)pattern) found.Add($"{place} must now match {pattern}");
    }

    private void Members(string place, JsonNode was, JsonNode now)
    {
        foreach (var (name, member) in BreakingChanges.Object(was["properties"]))
        {
            if (now["properties"]?[name] is { } there) Compare($"{place}.{name}", member, there);
            else found.Add($"{place}.{name} is gone");
        }

        var (old, current) = (Required(was), Required(now));
        if (isRequest) found.AddRange(current.Except(old).Select(name => $"{place}.{name} is now required"));
        else found.AddRange(old.Except(current).Where(name => now["properties"]?[name] is not null).Select(name => $"{place}.{name} may now be left out"));
    }

    private void Choices(string place, JsonNode was, JsonNode now)
    {
        foreach (var word in new[] { "oneOf", "anyOf", "allOf" })
        {
            if (was[word] is not JsonArray old) continue;
            if (now[word] is not JsonArray current || current.Count != old.Count) found.Add($"{place} has other choices");
            else for (var index = 0; index < old.Count; index++) Compare(place, old[index], current[index]);
        }
    }

    private static JsonNode Resolve(JsonNode document, JsonNode schema) =>
        (string?)schema["$ref"] is { } reference ? document["components"]!["schemas"]![reference[(reference.LastIndexOf('/') + 1)..]]! : schema;

    private static List<string> TypesOf(JsonNode schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(type => (string)type!)],
        JsonValue one => [(string)one!],
        _ => [],
    };

    private static List<string>? WordsOf(JsonNode schema) => (schema["enum"] as JsonArray)?.Select(word => word?.ToString() ?? "null").ToList();

    private static IEnumerable<string> Required(JsonNode schema) => (schema["required"] as JsonArray ?? []).Select(name => (string)name!);

    private static double? Number(JsonNode? value) => value is null ? null : double.Parse(value.ToString(), CultureInfo.InvariantCulture);
}
