using System.Net;
using System.Text.Json.Nodes;

namespace HelpDesk.Tests.Support;

/// <summary>Things that are made, changed and deleted in the one way all are.</summary>
internal static class Resources
{
    public static Task<JsonNode> Make(this HttpClient client, string path, string json) => client.Post(path, json).Json(HttpStatusCode.Created);

    public static Task<HttpResponseMessage> Patch(this HttpClient client, string path, string json, params (string, string)[] headers) =>
        client.Send(HttpMethod.Patch, path, json, "application/merge-patch+json", headers);

    public static Task<HttpResponseMessage> Delete(this HttpClient client, string path, params (string, string)[] headers) =>
        client.Send(HttpMethod.Delete, path, headers: headers);

    public static async Task Gone(this Task<HttpResponseMessage> answer)
    {
        var text = await (await answer).Content.ReadAsStringAsync();
        Assert.That((await answer).StatusCode, Is.EqualTo(HttpStatusCode.NoContent), text);
    }

    /// <summary>A member of each item of a list.</summary>
    public static async Task<IReadOnlyList<string?>> Members(this HttpClient client, string path, string member) =>
        [.. (await client.GetAsync(path).Json())["items"]!.AsArray().Select(item => item![member]?.ToString())];

    /// <summary>What every resource with an entity tag keeps of preconditions.</summary>
    public static async Task KeepsPreconditions(this HttpClient client, string path, string patch)
    {
        var read = await client.GetAsync(path);
        var tag = read.Headers.ETag!.Tag;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await client.Send(HttpMethod.Get, path, headers: ("If-None-Match", tag))).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            await client.Patch(path, patch, ("If-Match", "\"77\"")).Problem(HttpStatusCode.PreconditionFailed, "stale");
            await client.Delete(path, ("If-Match", "\"77\"")).Problem(HttpStatusCode.PreconditionFailed, "stale");
            var changed = await client.Patch(path, patch, ("If-Match", tag));
            Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(changed.Headers.ETag!.Tag, Is.Not.EqualTo(tag));
            var again = await client.Patch(path, patch);
            Assert.That(again.Headers.ETag!.Tag, Is.EqualTo(changed.Headers.ETag.Tag), "a patch that changes nothing leaves the version alone");
        }
    }
}
