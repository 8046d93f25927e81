using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using HelpDesk.Web.Problems;

namespace HelpDesk.Web.Json;

/// <summary>
/// Null in a merge patch removes a member, after which nobody can tell that there is no such member: a name with a typo would be lost. Asked here, of the type
/// that the patched document has. What the document has can always be removed.
/// </summary>
internal static class PatchRemovals
{
    public static void Check(JsonObject patch, JsonNode? current, Type type)
    {
        var errors = new Dictionary<string, string[]>();
        Check(patch, current as JsonObject, JsonConventions.Options.GetTypeInfo(type), null, "", errors);
        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }

    private static void Check(JsonObject patch, JsonObject? current, JsonTypeInfo type, KeyedByAttribute? keys, string path, Dictionary<string, string[]> errors)
    {
        foreach (var (name, value) in patch)
        {
            var member = path.Length == 0 ? name : $"{path}.{name}";
            var known = type.Kind == JsonTypeInfoKind.Object ? type.Properties.FirstOrDefault(property => property.Name == name) : null;
            if (value is JsonObject inner && Inner(type, known) is { } innerType) Check(inner, current?[name] as JsonObject, innerType, known is null ? null : Keys(known), member, errors);
            // Names that there are none of are all told of at once, null or not.
            if ((value is null || type.Kind == JsonTypeInfoKind.Object) && current?.ContainsKey(name) != true && Broken(type, known, keys, name) is { } rule) errors[member] = [rule];
        }
    }

    /// <summary>Null where it is a document of no type of ours: its members are anything.</summary>
    private static JsonTypeInfo? Inner(JsonTypeInfo type, JsonPropertyInfo? known) => (type.Kind switch
    {
        JsonTypeInfoKind.Object => known?.PropertyType,
        JsonTypeInfoKind.Dictionary => type.ElementType,
        _ => null,
    }) is { } inner ? JsonConventions.Options.GetTypeInfo(inner) : null;

    private static KeyedByAttribute? Keys(JsonPropertyInfo property) => property.AttributeProvider is PropertyInfo member ? member.GetCustomAttribute<KeyedByAttribute>() : null;

    private static string? Broken(JsonTypeInfo type, JsonPropertyInfo? known, KeyedByAttribute? keys, string name) => type.Kind switch
    {
        JsonTypeInfoKind.Object when known is null => JsonProblem.Unknown,
        JsonTypeInfoKind.Dictionary => keys?.Broken(name),
        _ => null,
    };
}
