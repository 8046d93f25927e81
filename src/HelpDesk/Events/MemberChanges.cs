using System.Text.Json;
using System.Text.Json.Nodes;
using HelpDesk.Web.Json;

namespace HelpDesk.Events;

/// <summary>What an event says of a change: <c>{ member: { from, to } }</c> of each member that differs, as the API writes it.</summary>
internal static class MemberChanges
{
    /// <param name="from">Null for what was made.</param>
    /// <param name="to">Null for what was deleted.</param>
    public static JsonObject Between<T>(T? from, T? to)
        where T : class
    {
        var (before, after) = (Members(from), Members(to));
        var changes = new JsonObject();
        foreach (var member in before.Select(pair => pair.Key).Union(after.Select(pair => pair.Key)))
        {
            if (JsonNode.DeepEquals(before[member], after[member])) continue;
            changes[member] = new JsonObject { ["from"] = before[member]?.DeepClone(), ["to"] = after[member]?.DeepClone() };
        }

        return changes;
    }

    private static JsonObject Members<T>(T? document)
        where T : class => document is null ? [] : (JsonObject)JsonSerializer.SerializeToNode(document, JsonConventions.Options)!;
}
