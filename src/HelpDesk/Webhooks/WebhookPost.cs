using System.Net.Http.Headers;
using System.Text;
using HelpDesk.Time;
using HelpDesk.Web.Outgoing;

namespace HelpDesk.Webhooks;

/// <summary>Posts one event and tells what came of it. Nothing that a receiver does takes longer than the limit.</summary>
internal sealed class WebhookPost(OutgoingGuard guard, TimeProvider machine) : IDisposable
{
    public static readonly Duration Limit = Duration.FromSeconds(10);

    private const int MostBytesOfAnswer = 2048;

    /// <summary>A receiver who has said its status need not be heard out.</summary>
    private static readonly Duration LimitOfWords = Duration.FromSeconds(2);

    private readonly HttpClient client = GuardedHttp.Client(guard, Limit);

    public async Task<PostResult> Send(Uri url, string id, byte[] body, IReadOnlyList<byte[]> secrets)
    {
        using var limit = new CancellationTokenSource(Limit.ToTimeSpan(), machine);
        using var request = SignedPost.Of(url, id, body, secrets, machine.GetCurrentInstant());
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).WaitAsync(limit.Token);
            var words = await Words(answer);
            var status = (int)answer.StatusCode;
            return new(status, words, answer.IsSuccessStatusCode ? null : Fault(status)) { RetryAfter = RetryAfter(answer.Headers.RetryAfter) };
        }
        catch (Exception) when (limit.IsCancellationRequested)
        {
            return new(null, null, $"There was no answer within {Limit.TotalSeconds:0} seconds.");
        }
        catch (HttpRequestException error)
        {
            return Failed(error.InnerException is OutgoingRefused refused ? refused.Message : $"{url.Authority} cannot be posted to: {error.InnerException?.Message ?? error.Message}");
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            return Failed($"{url.Authority} cannot be posted to: {error.Message}");
        }
    }

    /// <summary>What is no HTTP is told as it came, and that may be anything.</summary>
    private static PostResult Failed(string words) => new(null, null, ForeignText.Line(words));

    private static string Fault(int status) => status switch
    {
        >= 300 and < 400 => $"The receiver answered {status}. Redirects are not followed: set the url to where it leads.",
        StatusCodes.Status410Gone => "The receiver answered 410: it is gone for good. The webhook was paused.",
        _ => $"The receiver answered {status}. Only 200 to 299 count as taken.",
    };

    /// <summary>The beginning of what the receiver says, if it comes.</summary>
    private async Task<string> Words(HttpResponseMessage answer)
    {
        using var limit = new CancellationTokenSource(LimitOfWords.ToTimeSpan(), machine);
        // One more than is kept: so a short answer is read to its end, and the connection can be used again.
        var bytes = new byte[MostBytesOfAnswer + 1];
        var length = 0;
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
            while (length < bytes.Length && await body.ReadAsync(bytes.AsMemory(length), limit.Token).AsTask().WaitAsync(limit.Token) is > 0 and var read) length += read;
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
        {
            // What came by then is kept.
        }

        return ForeignText.Of(Encoding.UTF8.GetString(bytes, 0, Math.Min(length, MostBytesOfAnswer)), MostBytesOfAnswer);
    }

    private Duration RetryAfter(RetryConditionHeaderValue? asked) =>
        asked?.Delta is { } delta ? Duration.FromTimeSpan(delta)
        : asked?.Date is { } date ? Duration.Max(Duration.Zero, Instant.FromDateTimeOffset(date) - machine.GetCurrentInstant())
        : Duration.Zero;

    public void Dispose() => client.Dispose();
}

/// <summary>What came of a post.</summary>
/// <param name="Status">Null where there was no answer.</param>
/// <param name="Answer">The beginning of it; null where there was none.</param>
/// <param name="Error">Null where it was taken.</param>
internal sealed record PostResult(int? Status, string? Answer, string? Error)
{
    public bool IsTaken => Error is null;

    public bool IsGone => Status == StatusCodes.Status410Gone;

    /// <summary>For how long the receiver asked to be left alone.</summary>
    public Duration RetryAfter { get; init; }
}
