using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using HelpDesk.LongWork;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Imports;

internal abstract class ImportFixture : DeskFixture
{
    protected const string Lines = "application/x-ndjson";

    /// <summary>A line, made on Monday a week before, with further members; <paramref name="history"/> is JSON.</summary>
    protected static string Line(string reference, string history = "[]", string more = "", string requester = Ada, string createdAt = "2026-02-23T08:00:00Z") =>
        $$"""{ "externalSource": "old", "externalRef": "{{reference}}", "subject": "Printer on fire", "requester": {{requester}}, "createdAt": "{{createdAt}}"{{(more.Length > 0 ? ", " + more : "")}}, "history": {{history}} }""".ReplaceLineEndings("");

    protected static string Said(string at, string author = "customer", string more = "") => $$"""{ "at": "{{at}}", "type": "message", "author": "{{author}}", "body": "Words."{{more}} }""";

    protected static string Set(string at, string status) => $$"""{ "at": "{{at}}", "type": "status", "to": "{{status}}" }""";

    protected static Task<HttpResponseMessage> Send(HttpClient client, byte[] body, string query = "", string type = Lines, string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding is not null) content.Headers.ContentEncoding.Add(encoding);
        return client.PostAsync($"/v1/imports{query}", content);
    }

    protected Task<HttpResponseMessage> Send(params string[] lines) => Send(Desk.Admin, Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    protected static byte[] Zipped(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(bytes);
        return zipped.ToArray();
    }

    protected static Task<int> Step(TestDesk desk) => desk.Services.GetRequiredService<DoLongWork>().RunOnce(default);

    protected Task<JsonNode> Job(JsonNode asked) => Desk.Admin.GetAsync($"/v1/jobs/{asked["id"]}").Json();

    protected async Task<JsonNode> Done(Task<HttpResponseMessage> asking)
    {
        var asked = await asking.Json(HttpStatusCode.Accepted);
        while (await Step(Desk) > 0) continue;
        return await Job(asked);
    }

    protected Task<JsonNode> Import(params string[] lines) => Done(Send(lines));

    protected static string Counts(JsonNode job) => $"{job["state"]} {job["counts"]!["imported"]} {job["counts"]!["known"]} {job["counts"]!["faulty"]}";

    protected static IReadOnlyList<string> Errors(JsonNode job) => [.. job["result"]!["errors"]!.AsArray().Select(error => $"{error!["line"]} {error["member"]}: {error["rule"]}")];

    protected async Task<JsonNode> Ticket(string reference) => (await Desk.Admin.GetAsync($"/v1/tickets?externalRef={reference}").Json())["items"]!.AsArray().Single()!;

    protected static JsonNode Commitment(JsonNode ticket, string kind) => ticket["commitments"]!.AsArray().Single(commitment => (string?)commitment!["kind"] == kind)!;
}
