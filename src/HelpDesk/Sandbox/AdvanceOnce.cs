using System.Text;
using System.Text.Json;
using HelpDesk.Database;
using HelpDesk.Idempotency;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Json;

namespace HelpDesk.Sandbox;

/// <summary>
/// An advance with an <c>Idempotency-Key</c>. It is many transactions, which no key can be in at once: so where it leads is kept before it begins, and one that was cut off is gone on with to
/// there and no further, however often it is sent.
/// </summary>
internal sealed class AdvanceOnce
{
    private readonly HttpContext http;
    private readonly IdempotencyKey key;
    private readonly byte[] fingerprint;

    private AdvanceOnce(HttpContext http, IdempotencyKey key, AdvanceRequest request)
    {
        (this.http, this.key) = (http, key);
        fingerprint = key.Fingerprint(Encoding.UTF8.GetBytes($"{http.Request.PathBase}{http.Request.Path}\0{request.By}"));
    }

    /// <summary>Where one that was begun before is to lead.</summary>
    public Instant? Until { get; private set; }

    /// <summary>Null where the request has no key.</summary>
    public static AdvanceOnce? Of(HttpContext http, AdvanceRequest request) => IdempotencyKey.Given(http) is { } key ? new(http, key, request) : null;

    public static Refusal Running() => Refusal.Conflict("idempotency-running", "The first request with this Idempotency-Key is still running. Ask again in a moment.");

    /// <summary>The answer of one that is done; null where there is none yet.</summary>
    public async Task<AdvanceAnswer?> Answer(CancellationToken cancel)
    {
        await using var request = await Begin(cancel);
        var (isHeld, known, box) = await KeptAnswers.Hold(request, key, Now, cancel);
        if (!isHeld) throw Running();
        if (box is null) return null;
        if (!known!.AsSpan().SequenceEqual(fingerprint)) throw Refusal.Impossible("idempotency-key-reused", "This Idempotency-Key came with another request before. Give each its own.");
        var answer = StoredAnswer.Read(key.Open(box));
        if (answer.Status == StatusCodes.Status102Processing)
        {
            Until = JsonSerializer.Deserialize<Instant>(answer.Body, JsonConventions.Options);
            return null;
        }

        http.Response.Headers[IdempotencyHeaders.Replayed] = "true";
        return JsonSerializer.Deserialize<AdvanceAnswer>(answer.Body, JsonConventions.Options);
    }

    public Task Begun(Instant until, CancellationToken cancel) => Keep(StatusCodes.Status102Processing, until, cancel);

    public Task Done(AdvanceAnswer answer) => Keep(StatusCodes.Status200OK, answer, CancellationToken.None);

    private Instant Now => http.RequestServices.GetRequiredService<TimeProvider>().GetCurrentInstant();

    private async Task Keep<T>(int status, T body, CancellationToken cancel)
    {
        await using var request = await Begin(cancel);
        var kept = new StoredAnswer(status, new Dictionary<string, string?[]>(), JsonSerializer.SerializeToUtf8Bytes(body, JsonConventions.Options));
        await KeptAnswers.Keep(request, key, fingerprint, kept, Now, cancel);
        await request.Commit(cancel);
    }

    private Task<RequestTransaction> Begin(CancellationToken cancel) => RequestTransaction.Begin(http.RequestServices.GetRequiredService<HelpDeskDb>(), cancel);
}
