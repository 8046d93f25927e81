using System.Text.Json;
using System.Text.Json.Nodes;

namespace HelpDesk.Web.Json;

/// <summary>
/// Reads a document whose members are not known yet as strictly as one of a type. <see cref="JsonNode"/>'s own reader puts off what is wrong (a member that stands
/// twice, text that is no text) until somebody looks, far from the request.
/// </summary>
internal static class StrictNodes
{
    public static JsonNode? Read(ref Utf8JsonReader reader, string path) => reader.TokenType switch
    {
        JsonTokenType.StartObject => Object(ref reader, path),
        JsonTokenType.StartArray => Array(ref reader, path),
        JsonTokenType.String => JsonValue.Create(Text(ref reader, path)),
        JsonTokenType.Null => null,
        _ => JsonValue.Create(JsonElement.ParseValue(ref reader)),
    };

    private static JsonObject Object(ref Utf8JsonReader reader, string path)
    {
        var members = new JsonObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref reader, path);
            var member = path.Length == 0 ? name : $"{path}.{name}";
            reader.Read();
            if (!members.TryAdd(name, Read(ref reader, member))) throw Refusal.Invalid(member, "stands twice");
        }

        return members;
    }

    private static JsonArray Array(ref Utf8JsonReader reader, string path)
    {
        var items = new JsonArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Read(ref reader, $"{path}[{items.Count}]"));
        return items;
    }

    private static string Text(ref Utf8JsonReader reader, string path)
    {
        string text;
        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Refusal.Invalid(path.Length == 0 ? "$" : path, KeepableText.NotUnicode);
        }

        KeepableText.Check(text, path);
        return text;
    }
}
