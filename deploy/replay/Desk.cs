using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HelpDesk.Replay;

/// <summary>A running desk, over HTTP. Any answer but a success ends the replay.</summary>
internal sealed class Desk(HttpClient http)
{
    private int requests;

    public int Requests => requests;

    public static Desk At(string url, string key)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new ReplayFailed($"HELPDESK_URL is not an http address: {url}");
        }

        var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new Desk(http);
    }

    public Task<JsonNode> Get(string path, CancellationToken cancel) => Ask(HttpMethod.Get, path, null, cancel);

    public Task<JsonNode> Post(string path, object body, CancellationToken cancel) => Ask(HttpMethod.Post, path, JsonContent.Create(body), cancel);

    public Task<JsonNode> Put(string path, object body, CancellationToken cancel) => Ask(HttpMethod.Put, path, JsonContent.Create(body), cancel);

    public Task<JsonNode> Patch(string path, object body, CancellationToken cancel) =>
        Ask(HttpMethod.Patch, path, JsonContent.Create(body, new MediaTypeHeaderValue("application/merge-patch+json")), cancel);

    /// <summary>Every item of a list, page by page.</summary>
    public async Task<IReadOnlyList<JsonNode>> All(string path, CancellationToken cancel)
    {
        var items = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = await Get($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=200{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", cancel);
            items.AddRange(page["items"]!.AsArray()!);
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);
        return items;
    }

    private async Task<JsonNode> Ask(HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        Interlocked.Increment(ref requests);
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            using var answer = await http.SendAsync(request, cancel);
            var text = await answer.Content.ReadAsStringAsync(cancel);
            return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new ReplayFailed($"{method} {path} was answered with {(int)answer.StatusCode}: {text}");
        }
        catch (HttpRequestException error)
        {
            throw new ReplayFailed($"{method} {path} failed: {error.Message}");
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ReplayFailed($"{method} {path} was not answered within {http.Timeout.TotalMinutes:0} minutes.");
        }
    }
}
