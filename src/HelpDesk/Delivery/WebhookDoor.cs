using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using HelpDesk.Time;
using HelpDesk.Web.Outgoing;

namespace HelpDesk.Delivery;

/// <summary>
/// Posts after the Standard Webhooks specification: <c>webhook-id</c>, <c>webhook-timestamp</c> and <c>webhook-signature</c>. It follows no redirect, keeps no cookie and
/// uses no proxy; where a name leads is looked up and judged by <see cref="OutgoingGuard"/> at each connection, so that a name that leads elsewhere the
/// second time gains nothing.
/// </summary>
internal sealed class WebhookDoor : IWebhookDoor, IDisposable
{
    private const int MostBytesOfAnswer = 2048;
    private static readonly Duration LongestRetryAfter = Duration.FromHours(1);

    private readonly OutgoingGuard guard;
    private readonly TimeProvider machine;
    private readonly HttpClient client;

    public WebhookDoor(OutgoingGuard guard, TimeProvider machine)
    {
        this.guard = guard;
        this.machine = machine;
        client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = DeliverDue.AttemptLimit.ToTimeSpan(),
            // Names are looked up anew now and then.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 16 * 1024,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            ConnectCallback = Connect,
        })
        {
            // Whoever posts says how long it may take.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("HelpDesk", "1"));
    }

    public async Task Post(OutgoingWebhook webhook, CancellationToken cancel)
    {
        using var request = Request(webhook);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!answer.IsSuccessStatusCode) throw await Told(answer, cancel);
        }
        catch (HttpRequestException error)
        {
            if (error.InnerException is WebhookRefused refused) throw refused;
            var words = $"{webhook.Url.Authority} cannot be posted to: {error.InnerException?.Message ?? error.Message}";
            throw error.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
                ? new HostAway(words, error)
                : new IOException(words, error);
        }
    }

    private HttpRequestMessage Request(OutgoingWebhook webhook)
    {
        // The machine's clock: receivers compare it with theirs.
        var timestamp = machine.GetCurrentInstant().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{webhook.Id}.{timestamp}."), .. webhook.Body];
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(webhook.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("webhook-id", webhook.Id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation(
            "webhook-signature", string.Join(' ', webhook.Secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}")));
        return request;
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isEncrypted = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
        string? refused = null;
        Exception? failed = null;
        foreach (var address in await Dns.GetHostAddressesAsync(host, cancel))
        {
            if (guard.Refuses(address, isEncrypted) is { } words)
            {
                refused ??= words;
                continue;
            }

            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception error)
            {
                socket.Dispose();
                if (error is not SocketException) throw;
                failed = error;
            }
        }

        throw failed ?? (refused is null ? new IOException($"{host} has no address.") : new WebhookRefused($"Nothing is posted to {host}: {refused}.", isPermanent: true));
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
            return SingleLine.Of(Encoding.UTF8.GetString(bytes, 0, length)).Trim();
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
