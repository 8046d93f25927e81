using System.Text.Json;
using System.Text.Json.Nodes;
using HelpDesk.Web.Json;

namespace HelpDesk.Events;

/// <summary>A member's value before and after.</summary>
internal sealed record FromTo(object? From, object? To);

/// <summary>What a change did, as events tell it: by member, from what to what.</summary>
internal static class Changes
{
    /// <summary>The members of two documents of one kind that differ, named and written as the API does. Empty when none does.</summary>
    public static Dictionary<string, FromTo> Between<T>(T before, T after)
    {
        var (from, to) = (Members(before), Members(after));
        return from.Select(member => member.Key).Union(to.Select(member => member.Key))
            .Where(name => !JsonNode.DeepEquals(from[name], to[name]))
            .ToDictionary(name => name, name => new FromTo(from[name], to[name]));
    }

    private static JsonObject Members<T>(T document) => (JsonObject)JsonSerializer.SerializeToNode(document, JsonConventions.Options)!;
}
