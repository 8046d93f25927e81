using System.Net.Http.Headers;
using System.Text;
using HelpDesk.Time;
using HelpDesk.Web.Outgoing;

namespace HelpDesk.Delivery;

/// <summary>Posts what is for customers and for people of the desk, see <see cref="GuardedHttp"/> and <see cref="SignedPost"/>.</summary>
internal sealed class WebhookDoor : IWebhookDoor, IDisposable
{
    private const int MostBytesOfAnswer = 2048;
    private static readonly Duration LongestRetryAfter = Duration.FromHours(1);

    private readonly TimeProvider machine;
    private readonly HttpClient client;

    public WebhookDoor(OutgoingGuard guard, TimeProvider machine)
    {
        this.machine = machine;
        client = GuardedHttp.Client(guard, DeliverDue.AttemptLimit);
    }

    public async Task Post(OutgoingWebhook webhook, CancellationToken cancel)
    {
        using var request = SignedPost.Of(webhook.Url, webhook.Id, webhook.Body, webhook.Secrets, machine.GetCurrentInstant());
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!answer.IsSuccessStatusCode) throw await Told(answer, cancel);
        }
        catch (HttpRequestException error)
        {
            if (error.InnerException is OutgoingRefused refused) throw new WebhookRefused(refused.Message, isPermanent: true);
            var words = $"{webhook.Url.Authority} cannot be posted to: {error.InnerException?.Message ?? error.Message}";
            throw error.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
                ? new HostAway(words, error)
                : new IOException(words, error);
        }
    }

    private async Task<WebhookRefused> Told(HttpResponseMessage answer, CancellationToken cancel)
    {
        var status = (int)answer.StatusCode;
        var words = await Words(answer, cancel);
        return new WebhookRefused(words.Length == 0 ? $"{status} {answer.ReasonPhrase}".TrimEnd() : $"{status} {words}", status is >= 400 and < 500 and not (408 or 425 or 429))
        {
            RetryAfter = status is 429 or 503 ? RetryAfter(answer.Headers.RetryAfter) : default,
        };
    }

    /// <summary>What the receiver says for itself: the beginning, if it comes.</summary>
    private static async Task<string> Words(HttpResponseMessage answer, CancellationToken cancel)
    {
        var bytes = new byte[MostBytesOfAnswer];
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancel);
            var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
            return ForeignText.Line(Encoding.UTF8.GetString(bytes, 0, length), MostBytesOfAnswer);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
        {
            return "";
        }
    }

    private Duration RetryAfter(RetryConditionHeaderValue? asked)
    {
        var wait = asked?.Delta is { } delta ? Duration.FromTimeSpan(delta)
            : asked?.Date is { } date ? Instant.FromDateTimeOffset(date) - machine.GetCurrentInstant()
            : Duration.Zero;
        return Duration.Max(Duration.Zero, Duration.Min(wait, LongestRetryAfter));
    }

    public void Dispose() => client.Dispose();
}
