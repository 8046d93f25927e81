using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HelpDesk.Faults;

/// <summary>
/// How the script speaks to the desks: to any of them, and where no answer comes, or one that may be another next time, it asks again with the same key,
/// as an integration would. Every call and its outcome are kept.
/// </summary>
internal sealed class DeskCalls(IReadOnlyList<DeskServer> desks, string key, int seed) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(8) };
    private readonly ConcurrentQueue<Call> made = new();
    private readonly ConcurrentDictionary<string, int> bugs = new();
    private int number;

    public IReadOnlyList<Call> Made => [.. made];

    /// <summary>Answers that speak of a fault in the desk itself (500), with how often they came.</summary>
    public IReadOnlyDictionary<string, int> Bugs => bugs;

    public Task<Call> Post(string what, string path, long ticket, string? mark, object body, CancellationToken cancel) =>
        Ask(HttpMethod.Post, what, path, ticket, mark, () => JsonContent.Create(body, options: Json), cancel);

    /// <summary>Has no key: asking again sets the same once more.</summary>
    public Task<Call> Patch(string what, string path, long ticket, object body, CancellationToken cancel) =>
        Ask(HttpMethod.Patch, what, path, ticket, null, () => JsonContent.Create(body, new MediaTypeHeaderValue("application/merge-patch+json"), Json), cancel);

    private async Task<Call> Ask(HttpMethod method, string what, string path, long ticket, string? mark, Func<HttpContent> content, CancellationToken cancel)
    {
        var own = Interlocked.Increment(ref number);
        var began = TimeProvider.System.GetTimestamp();
        var call = new Call($"drill-{seed}-{own}", own, what, ticket, mark, 0, 0, false, null);
        do
        {
            if (call.Attempts > 0) await Task.Delay(Pause * Math.Min(call.Attempts, 4), TimeProvider.System, cancel);
            call = await Once(method, path, content, call with { Attempts = call.Attempts + 1 }, cancel);
        }
        while (IsUndecided(call) && TimeProvider.System.GetElapsedTime(began) < Patience);
        made.Enqueue(call);
        return call;
    }

    /// <summary>No answer, the desk or its database away, or the first attempt still under way.</summary>
    private static bool IsUndecided(Call call) =>
        call.Status is 0 or 429 or >= 500 || (call.Status == 409 && ((string?)call.Answer?["type"])?.EndsWith("idempotency-running", StringComparison.Ordinal) == true);

    private async Task<Call> Once(HttpMethod method, string path, Func<HttpContent> content, Call call, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, Choose(call).Url + path) { Content = content() };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Add("X-Request-Id", call.Id);
        if (method == HttpMethod.Post) request.Headers.Add("Idempotency-Key", call.Id);
        try
        {
            using var answer = await http.SendAsync(request, cancel);
            var text = await answer.Content.ReadAsStringAsync(cancel);
            var status = (int)answer.StatusCode;
            if (status == 500) bugs.AddOrUpdate($"{call.What}: {text}", 1, (_, times) => times + 1);
            return call with { Status = status, Answer = text.Length > 0 ? JsonNode.Parse(text) : null, Replayed = answer.Headers.Contains("Idempotency-Replayed") };
        }
        catch (Exception error) when ((error is HttpRequestException or IOException or TaskCanceledException or JsonException) && !cancel.IsCancellationRequested)
        {
            return call with { Status = 0, Answer = null };
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>One that is up if there is one, now this, now that.</summary>
    private DeskServer Choose(Call call)
    {
        var chosen = desks[(call.Number + call.Attempts) % desks.Count];
        return chosen.IsReady ? chosen : desks.FirstOrDefault(desk => desk.IsReady) ?? chosen;
    }
}
