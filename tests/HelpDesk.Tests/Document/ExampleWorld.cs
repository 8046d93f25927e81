using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Document;

/// <summary>What the examples speak of: a thing that an example names by its id is made first, of the example of its own POST.</summary>
internal sealed partial class ExampleWorld(TestDesk desk, TestDatabase database, JsonNode document)
{
    /// <summary>Members of requests that are ids, and the collection that each is of.</summary>
    private static readonly Dictionary<string, string> Collections = new()
    {
        ["calendarId"] = "/v1/calendars",
        ["policyId"] = "/v1/policies",
        ["requesterId"] = "/v1/customers",
    };

    /// <summary>Lists of ids, by the operation that takes them.</summary>
    private static readonly Dictionary<string, string> Lists = new()
    {
        ["/v1/policies/order ids"] = "/v1/policies",
        ["/v1/tickets/{id}/split messageIds"] = "/v1/tickets/{id}/messages",
        ["/v1/tickets/bulk ids"] = "/v1/tickets",
    };

    /// <summary>Members that name another thing than the one asked, of the same kind.</summary>
    private static readonly Dictionary<string, string> Others = new()
    {
        ["/v1/tickets/{id}/merge into"] = "/v1/tickets",
        ["/v1/tickets/{id}/links ticketId"] = "/v1/tickets",
        ["/v1/templates/{id}/preview ticketId"] = "/v1/tickets",
        ["/v1/customers/{id}/merge into"] = "/v1/customers",
    };

    /// <summary>What no two of a collection share.</summary>
    private static readonly Dictionary<string, string> Unique = new() { ["/v1/customers"] = "email" };

    private readonly Dictionary<string, JsonNode> made = [];

    public async Task Empty()
    {
        made.Clear();
        await database.ForgetEvents();
        await database.Execute(
            """
            do $$ begin
              execute (select 'truncate ' || string_agg(quote_ident(tablename), ', ') || ' cascade' from pg_tables
                       where schemaname = 'public' and tablename not like '\_\_EF%' and tablename not like 'qrtz%' and tablename not in ('events', 'feed_era'));
            end $$
            """);
        await desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", """{ "now": "2026-03-02T08:00:00Z" }""").Json();
    }

    /// <summary>The schema of a JSON body, if the operation takes one.</summary>
    public JsonNode? BodyOf(JsonNode operation) => Resolve(operation["requestBody"]?["content"]?["application/json"]?["schema"]);

    public JsonNode? ExampleOf(JsonNode body) => body["examples"]?[0];

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? leaveOut = null)
    {
        var address = await Address(path);
        var example = BodyOf(document["paths"]![path]![method.Method.ToLowerInvariant()]!) is { } body ? ExampleOf(body)?.DeepClone() : null;
        if (example is not null) await Fill(example, path);
        if (leaveOut is not null) example!.AsObject().Remove(leaveOut);
        if (path.EndsWith("/remedies", StringComparison.Ordinal) && method == HttpMethod.Post) await BreakAPromise(address[..address.LastIndexOf('/')]);
        return await desk.Admin.Send(method, address, example?.ToJsonString(), method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json");
    }

    /// <summary>Amends are made for something.</summary>
    private async Task BreakAPromise(string ticket)
    {
        await desk.Admin.Post($"{ticket}/promises", """{ "words": "I will call you", "promisedAt": "2026-03-02T09:00:00Z" }""");
        await desk.Admin.Send(HttpMethod.Put, "/v1/sandbox/clock", """{ "now": "2026-03-02T10:00:00Z" }""").Json();
    }

    /// <summary>So that a list is not empty.</summary>
    public async Task MakeOneIn(string path)
    {
        if (!path.EndsWith('}') && document["paths"]![path]!["post"] is { } post && BodyOf(post) is not null) await One(path);
    }

    private async Task<string> Address(string path)
    {
        while (Placeholder().Match(path) is { Success: true } found)
        {
            var collection = path[..found.Index].TrimEnd('/');
            // Recurring jobs are the desk's own, and beside those that somebody asked for.
            path = path[..found.Index] + (found.Value == "{name}" ? "forget_old_mail" : await Id(collection)) + path[(found.Index + found.Length)..];
        }

        return path;
    }

    private async Task<string> Id(string collection)
    {
        // What nobody posts comes of something that somebody does.
        if (Generic(collection) == "/v1/deliveries")
        {
            await One("/v1/tickets");
            return (string)(await desk.Admin.GetAsync("/v1/deliveries").Json())["items"]![0]!["id"]!;
        }

        if (Generic(collection) == "/v1/webhooks/{id}/deliveries")
        {
            return (string)(await desk.Admin.Post($"{collection[..collection.LastIndexOf('/')]}/test", "").Json(HttpStatusCode.Accepted))["id"]!;
        }

        if (Generic(collection) == "/v1/jobs")
        {
            var calendar = await One("/v1/calendars");
            return (await desk.Admin.Post($"/v1/calendars/{calendar["id"]}/application", """{ "dryRun": false }""").Json(HttpStatusCode.Accepted))["id"]!.ToString();
        }

        return (await One(Generic(collection)))["id"]!.ToString();
    }

    /// <summary>The one thing of a collection; made if it is not there yet.</summary>
    private async Task<JsonNode> One(string collection)
    {
        if (!made.TryGetValue(collection, out var there)) made[collection] = there = await Another(collection);
        return there;
    }

    private async Task<JsonNode> Another(string collection)
    {
        if (document["paths"]![collection]!["post"]!["requestBody"]!["content"]!["multipart/form-data"] is not null)
        {
            var uploaded = await desk.Admin.Send(HttpMethod.Post, await Address(collection), Uploads.OneFile, Uploads.TypeOf(Uploads.OneFile)).Json(HttpStatusCode.Created);
            return uploaded["items"]![0]!;
        }

        if (document["paths"]![collection]!["post"]!["requestBody"]!["content"]!["message/rfc822"] is not null)
        {
            return await desk.Admin.Send(HttpMethod.Post, collection, Uploads.OneMail, Uploads.TypeOf(Uploads.OneMail)).Json(HttpStatusCode.Created);
        }

        var answer = await Send(HttpMethod.Post, collection, leaveOut: made.ContainsKey(collection) ? Unique.GetValueOrDefault(collection) : null);
        var said = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.IsSuccessStatusCode, $"POST {collection}: {said}");
        return JsonNode.Parse(said)!;
    }

    private async Task Fill(JsonNode example, string path)
    {
        foreach (var (name, value) in example.AsObject().ToList())
        {
            if (Collections.TryGetValue(name, out var collection)) example[name] = (await One(collection))["id"]!.DeepClone();
            else if (Others.TryGetValue($"{path} {name}", out var other)) example[name] = (await Another(other))["id"]!.DeepClone();
            else if (Lists.TryGetValue($"{path} {name}", out var listed)) example[name] = new JsonArray((await One(listed))["id"]!.DeepClone());
        }
    }

    /// <summary>As the document has it: <c>/v1/tickets/7/messages</c> is <c>/v1/tickets/{id}/messages</c>.</summary>
    private static string Generic(string path) => Known().Replace(path, "/{id}");

    private JsonNode? Resolve(JsonNode? schema) =>
        (string?)schema?["$ref"] is { } reference ? document["components"]!["schemas"]![reference[(reference.LastIndexOf('/') + 1)..]] : schema;

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("/([0-9]+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16})(?=/|$)")]
    private static partial Regex Known();
}
