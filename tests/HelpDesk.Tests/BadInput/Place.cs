using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.BadInput;

/// <summary>A place in a body that a value can be put in: a member there is, or one that the schema knows.</summary>
internal sealed record Place(IReadOnlyList<object> Path, JsonObject Schema)
{
    private const string Hole = "\u00ab\u00bb";

    public string Member => string.Concat(Path.Select((part, index) => part is int at ? $"[{at}]" : index == 0 ? $"{part}" : $".{part}"));

    public static IEnumerable<Place> In(JsonNode? body, JsonObject schema, Surface surface, params object[] path)
    {
        if (body is JsonObject members)
        {
            var names = (schema["properties"]?.AsObject().Select(member => member.Key) ?? []).Union(members.Select(member => member.Key));
            foreach (var name in names)
            {
                if ((schema["properties"]?[name] ?? schema["additionalProperties"]) is not JsonObject known) continue;
                var resolved = surface.Resolve(known);
                yield return new([.. path, name], resolved);
                foreach (var deeper in In(members[name], resolved, surface, [.. path, name])) yield return deeper;
            }
        }
        else if (body is JsonArray { Count: > 0 } items && schema["items"] is { } item)
        {
            var resolved = surface.Resolve(item);
            yield return new([.. path, 0], resolved);
            foreach (var deeper in In(items[0], resolved, surface, [.. path, 0])) yield return deeper;
        }
    }

    /// <summary>The body with the JSON text in this place, whatever text it is.</summary>
    public string With(JsonNode body, string json)
    {
        Put(body, Hole);
        return body.ToJsonString(HelpDesk.Web.Json.JsonConventions.Options).Replace($"\"{Hole}\"", json, StringComparison.Ordinal);
    }

    /// <summary>The body with another member beside this one.</summary>
    public string Beside(JsonNode body, string name, string json)
    {
        var parent = Parent(body) as JsonObject ?? body.AsObject();
        parent[Hole] = Hole;
        return body.ToJsonString(HelpDesk.Web.Json.JsonConventions.Options).Replace($"\"{Hole}\":\"{Hole}\"", $"\"{name}\":{json}", StringComparison.Ordinal);
    }

    public void Remove(JsonNode body)
    {
        if (Parent(body) is JsonObject members) members.Remove((string)Path[^1]);
        else if (Parent(body) is JsonArray items) items.RemoveAt(0);
    }

    public JsonNode? Value(JsonNode body) => Path.Aggregate((JsonNode?)body, Step);

    private JsonNode? Parent(JsonNode body) => Path.SkipLast(1).Aggregate((JsonNode?)body, Step);

    private static JsonNode? Step(JsonNode? node, object part) => part is int at ? node?[at] : (node as JsonObject)?[(string)part];

    private void Put(JsonNode body, string value)
    {
        if (Path[^1] is int at) Parent(body)![at] = value;
        else Parent(body)![(string)Path[^1]] = value;
    }
}
