using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace HelpDesk.Web.Outgoing;

/// <summary>The guard would not let it go there.</summary>
internal sealed class OutgoingRefused(string words) : Exception(words);

/// <summary>
/// A client for addresses that somebody gave the desk. It follows no redirect, keeps no cookie and uses no proxy; where a name leads is looked up and judged by
/// <see cref="OutgoingGuard"/> at each connection, so that a name that leads elsewhere the second time gains nothing. Whoever asks says how long it may take.
/// </summary>
internal static class GuardedHttp
{
    public static HttpClient Client(OutgoingGuard guard, Duration connectWithin)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            // Whose traces are whose is no business of receivers.
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = connectWithin.ToTimeSpan(),
            // Names are looked up anew now and then.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 16 * 1024,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            ConnectCallback = (context, cancel) => Connect(guard, context, cancel),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("HelpDesk", "1"));
        return client;
    }

    private static async ValueTask<Stream> Connect(OutgoingGuard guard, SocketsHttpConnectionContext context, CancellationToken cancel)
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

        throw failed ?? (refused is null ? new IOException($"{host} has no address.") : new OutgoingRefused($"The desk does not go to {host}: {refused}."));
    }
}
