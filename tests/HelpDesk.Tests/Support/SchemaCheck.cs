using System.Text.Json.Nodes;

namespace HelpDesk.Tests.Support;

/// <summary>Whether a value is what an OpenAPI 3.1 document says it is: types, members, words, choices. Members that are not described are found too.</summary>
internal sealed class SchemaCheck(JsonNode document)
{
    public IEnumerable<string> Faults(JsonNode? value, JsonNode? schema, string path = "$")
    {
        if (schema is null) return [];
        if ((string?)schema["$ref"] is { } reference) return Faults(value, document["components"]!["schemas"]![reference[(reference.LastIndexOf('/') + 1)..]], path);
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
        {
            return choices.Any(choice => !Faults(value, choice, path).Any()) ? [] : [$"{path} is none of its choices: {value?.ToJsonString() ?? "null"}"];
        }

        return Own(value, schema, path);
    }

    private IEnumerable<string> Own(JsonNode? value, JsonNode schema, string path)
    {
        if (Types(schema) is { Count: > 0 } types && !types.Any(type => Is(value, type))) yield return $"{path} is {value?.ToJsonString() ?? "null"}, and not {string.Join(" or ", types)}";
        if (value is JsonValue && schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value))) yield return $"{path} is the unknown word {value}";
        if (value is JsonArray items)
        {
            foreach (var fault in items.SelectMany((item, index) => Faults(item, schema["items"], $"{path}[{index}]"))) yield return fault;
        }

        if (value is not JsonObject members) yield break;
        foreach (var required in (schema["required"] as JsonArray ?? []).Where(name => !members.ContainsKey((string)name!))) yield return $"{path} lacks {required}";
        foreach (var (name, member) in members)
        {
            if (schema["properties"]?[name] is { } known)
            {
                foreach (var fault in Faults(member, known, $"{path}.{name}")) yield return fault;
            }
            else if (schema["additionalProperties"] is JsonObject rest)
            {
                foreach (var fault in Faults(member, rest, $"{path}.{name}")) yield return fault;
            }
            else if (schema["properties"] is not null)
            {
                yield return $"{path}.{name} is not described";
            }
        }
    }

    private static List<string> Types(JsonNode schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(type => (string)type!)],
        JsonValue one => [(string)one!],
        _ => [],
    };

    private static bool Is(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "integer" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number && !value.ToJsonString().Contains('.', StringComparison.Ordinal),
        _ => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number,
    };
}
