using HelpDesk.Events;
using Microsoft.OpenApi;

namespace HelpDesk.Tests.Support;

/// <summary>Whether what events say is what is written of their types.</summary>
internal static class EventShapes
{
    private const string Written =
        """
        select coalesce(array_agg(distinct e.type || ' ' || coalesce(d.k || ' ' || jsonb_typeof(d.v), '')), '{}')
        from events e left join lateral jsonb_each(e.data) as d (k, v) on true
        where e.actor <> 'test' and e.data <> '{}' or e.type like 'page\_link.%'
        """;

    public static async Task<IReadOnlyList<string>> Faults(TestDatabase database)
    {
        var faults = new List<string>();
        var written = (await database.Ask<string[]>(Written))!.Select(line => line.Split(' ')).Where(line => EventData.All.ContainsKey(line[0])).ToLookup(line => line[0]);
        foreach (var type in written)
        {
            var members = EventData.All[type.Key].ToDictionary(member => member.Name);
            var said = type.Where(line => line[1].Length > 0).ToList();
            faults.AddRange(members.Values.Where(member => !member.IsOptional).Select(member => member.Name).Except(said.Select(line => line[1])).Select(name => $"{type.Key} does not say {name}"));
            faults.AddRange(said.Where(line => !members.TryGetValue(line[1], out var member) || !Fits(line[2], member)).Select(line => $"{type.Key} says {line[1]} as {line[2]}"));
        }

        return faults;
    }

    private static bool Fits(string type, EventMember member) => type switch
    {
        "null" => member.IsNullable,
        "number" => member.Type == JsonSchemaType.Integer,
        _ => member.Type.ToString().Equals(type, StringComparison.OrdinalIgnoreCase),
    };
}
