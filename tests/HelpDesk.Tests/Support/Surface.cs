using System.Text.Json.Nodes;

namespace HelpDesk.Tests.Support;

/// <summary>One operation as the OpenAPI document tells it.</summary>
internal sealed record Operation(HttpMethod Method, string Path, JsonObject? Body, IReadOnlyList<string> BodyTypes, IReadOnlyList<string> Query, IReadOnlyList<string> ReadOnlyMembers, IReadOnlyList<string> Headers)
{
    public bool HasJson => Body is not null && BodyTypes.Contains("application/json");

    public bool Takes(string header) => Headers.Contains(header);

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>All that the running desk offers, read from its own document: an endpoint added later is picked up by itself.</summary>
internal sealed class Surface(JsonNode document)
{
    /// <summary>But for streams, whose answers have no end: their own tests are <see cref="Events.Feed.FeedStreamTests"/>.</summary>
    public IEnumerable<Operation> All() =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key is not "parameters" && !IsStream(operation.Value!)
        select Read(path.Key, operation.Key, operation.Value!.AsObject());

    public static bool IsStream(JsonNode operation) => operation["responses"]?["200"]?["content"] is JsonObject { Count: 1 } content && content.ContainsKey("text/event-stream");

    private Operation Read(string path, string method, JsonObject operation)
    {
        var bodies = operation["requestBody"]?["content"]?.AsObject();
        var body = bodies?.Select(content => content.Value!["schema"]).FirstOrDefault() is { } schema ? Resolve(schema) : null;
        return new(HttpMethod.Parse(method.ToUpperInvariant()), path, body, bodies?.Select(content => content.Key).ToList() ?? [], Names(operation, "query"), ReadOnly(operation, body), Names(operation, "header"));
    }

    private static List<string> Names(JsonObject operation, string place) =>
        operation["parameters"]?.AsArray().Where(parameter => (string?)parameter!["in"] == place).Select(parameter => (string)parameter!["name"]!).ToList() ?? [];

    /// <summary>What the answer has and the request does not take.</summary>
    private List<string> ReadOnly(JsonObject operation, JsonObject? body)
    {
        var answer = operation["responses"]?["200"]?["content"]?["application/json"]?["schema"];
        if (body is null || answer is null) return [];
        return [.. Resolve(answer)["properties"]?.AsObject().Select(member => member.Key).Where(name => body["properties"]?[name] is null) ?? []];
    }

    /// <summary>The schema itself, not a reference to it, and of choices the one that is not null.</summary>
    public JsonObject Resolve(JsonNode schema)
    {
        if ((string?)schema["$ref"] is { } reference) return Resolve(document["components"]!["schemas"]![reference.Split('/')[^1]]!);
        if (schema["oneOf"] is JsonArray choices) return Resolve(choices.First(choice => (string?)choice!["type"] != "null")!);
        return schema.AsObject();
    }

    /// <summary>A value of the schema that can be sent: its example where it has one, else the least that it asks for.</summary>
    public JsonNode? Sample(JsonNode schema)
    {
        var resolved = Resolve(schema);
        if (resolved["examples"]?[0] is { } example) return example.DeepClone();
        if (resolved["enum"] is JsonArray words) return words[0]!.DeepClone();
        if (resolved["default"] is { } usual) return usual.DeepClone();
        return Types(resolved).FirstOrDefault(type => type != "null") switch
        {
            "object" => new JsonObject((resolved["required"]?.AsArray() ?? []).Select(name => KeyValuePair.Create((string)name!, Sample(resolved["properties"]![(string)name!]!)))),
            "array" => new JsonArray(resolved["items"] is { } items ? Sample(items) : null),
            "integer" or "number" => 1,
            "boolean" => true,
            _ => (string?)resolved["format"] == "uuid" ? "0195564e-1200-7a01-8f00-0a1b2c3d4e5f" : "words",
        };
    }

    public static IReadOnlyList<string> Types(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(type => (string)type!)],
        JsonValue one => [(string)one!],
        _ => [],
    };
}
