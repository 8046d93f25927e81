using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HelpDesk.Tests.Support;

/// <summary>A desk with some of everything in it, made by posting the document's own examples; knows the addresses of what is there.</summary>
internal sealed partial class Estate(HttpClient client, Surface surface)
{
    /// <summary>Concrete addresses by template: <c>/v1/tickets/{}</c> → <c>/v1/tickets/1</c> …</summary>
    private readonly Dictionary<string, List<string>> known = [];

    public IReadOnlyCollection<string> Templates => known.Keys;

    /// <summary>In rounds: what needs something else is made once that is there.</summary>
    public async Task Settle(IReadOnlyList<Operation> operations, int rounds = 4)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var operation in operations.Where(operation => operation.Method == HttpMethod.Post && operation.HasJson && !IsSandbox(operation)))
            {
                var random = new Random(HashCode(operation, round));
                var answer = await client.Post(Address(operation, random), Body(operation, random)!.ToJsonString());
                if (answer is { StatusCode: HttpStatusCode.Created, Headers.Location: { } location }) Know(location.OriginalString);
            }

            foreach (var list in operations.Where(operation => operation.Method == HttpMethod.Get && !operation.Path.Contains('{') && operation.Query.Contains("cursor")))
            {
                var items = (await client.GetAsync(list.Path).Json())["items"]!.AsArray();
                foreach (var item in items.Where(item => item is JsonObject { } row && row.ContainsKey("id"))) Know($"{list.Path}/{item!["id"]}");
            }
        }
    }

    private static int HashCode(Operation operation, int round) => operation.ToString().Aggregate(round, (hash, letter) => unchecked(hash * 31 + letter));

    public static bool IsSandbox(Operation operation) => operation.Path.StartsWith("/v1/sandbox", StringComparison.Ordinal);

    private void Know(string address)
    {
        var template = Id().Replace(address, "/{}");
        if (!known.TryGetValue(template, out var addresses)) known[template] = addresses = [];
        if (!addresses.Contains(address)) addresses.Add(address);
    }

    /// <summary>An address of the operation with as much of it there as is known.</summary>
    public string Address(Operation operation, Random random)
    {
        var template = Parameter().Replace(operation.Path, "{}");
        for (var end = template.LastIndexOf("{}", StringComparison.Ordinal); end >= 0; end = template[..end].LastIndexOf("{}", StringComparison.Ordinal))
        {
            if (!known.TryGetValue(template[..(end + 2)], out var addresses)) continue;
            return (addresses[random.Next(addresses.Count)] + template[(end + 2)..]).Replace("{}", "0195564e-1200-7a01-8f00-0a1b2c3d4e5f");
        }

        return template.Replace("{}", "0195564e-1200-7a01-8f00-0a1b2c3d4e5f");
    }

    public string? IdOf(string collection, Random random) =>
        known.GetValueOrDefault($"/v1/{collection}/{{}}") is { } addresses ? addresses[random.Next(addresses.Count)].Split('/')[^1] : null;

    /// <summary>A body that should do: ids are those of things there are, names and addresses are new.</summary>
    public JsonNode? Body(Operation operation, Random random)
    {
        if (operation.Body is null) return null;
        var body = surface.Sample(operation.Body);
        Fill(body, operation.Path.Split('/')[2], random);
        return body;
    }

    private void Fill(JsonNode? node, string own, Random random)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Fill(item, own, random);
        }

        if (node is not JsonObject members) return;
        foreach (var (name, value) in members.ToList())
        {
            if (value is JsonValue && Replacement(name, value, own, random) is { } other) members[name] = other;
            else if (value is JsonArray { Count: > 0 } list && list[0] is JsonValue first && Replacement(name.TrimEnd('s'), first, own, random) is { } element) members[name] = new JsonArray(element);
            else Fill(value, own, random);
        }
    }

    private JsonNode? Replacement(string name, JsonNode value, string own, Random random)
    {
        var text = value.GetValueKind() == System.Text.Json.JsonValueKind.String ? (string)value! : null;
        if (name is "id" or "into" && IdOf(own, random) is { } id) return IdNode(id);
        if (name.EndsWith("Id", StringComparison.Ordinal) && IdOf(Collection(name[..^2]), random) is { } other) return IdNode(other);
        if (text is null) return null;
        if (text.Contains('@')) return $"person{random.Next()}@example.org";
        if (name is "domain") return $"domain{random.Next()}.example.org";
        return name is "name" or "externalRef" or "key" ? JsonValue.Create(name == "key" ? $"key_{random.Next()}" : $"{text} {random.Next()}") : null;
    }

    private static JsonValue IdNode(string id) => long.TryParse(id, out var number) ? JsonValue.Create(number) : JsonValue.Create(id)!;

    private static string Collection(string word) => word == "requester" ? "customers" : word.EndsWith('y') ? word[..^1] + "ies" : word + "s";

    [GeneratedRegex(@"/([0-9]+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16})(?=/|$)")]
    private static partial Regex Id();

    [GeneratedRegex(@"\{[A-Za-z]+\}")]
    private static partial Regex Parameter();
}
