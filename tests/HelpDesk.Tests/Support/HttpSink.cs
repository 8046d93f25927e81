using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HelpDesk.Tests.Support;

/// <summary>An HTTP server on loopback that keeps what is posted to it and answers each post with the bytes that the test says, and hangs up where they are not a whole head; null: never.</summary>
internal sealed class HttpSink : IDisposable
{
    public const string Taken = "HTTP/1.1 204 No Content\r\n\r\n";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<Posted> posts = new();
    private int connections;

    public HttpSink()
    {
        listener.Start();
        _ = Listen();
    }

    /// <summary>What is answered to the n-th post, counted from 1.</summary>
    public Func<int, string?> Answer { get; set; } = _ => Taken;

    /// <summary>In place of <see cref="Answer"/>, by what was posted.</summary>
    public Func<Posted, string?>? AnswerTo { get; set; }

    /// <summary>In place of both, where what is answered is no text.</summary>
    public Func<Posted, byte[]?>? BytesTo { get; set; }

    /// <summary>After each answer.</summary>
    public bool HangsUp { get; set; }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hooks?to=desk";

    public int Connections => connections;

    public IReadOnlyList<Posted> Posts => [.. posts];

    public static string Status(string status, string body = "", string headers = "") =>
        $"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}";

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(end.Token);
                Interlocked.Increment(ref connections);
                _ = Converse(client);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Over.
        }
    }

    private async Task Converse(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await Read(stream) is { } post)
                {
                    posts.Enqueue(post);
                    var answer = BytesTo is { } bytes ? bytes(post) : (AnswerTo is { } by ? by(post) : Answer(posts.Count)) is { } text ? Encoding.UTF8.GetBytes(text) : null;
                    if (answer is null) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end.Token);
                    if (answer is not { Length: > 0 }) return;
                    await stream.WriteAsync(answer, end.Token);
                    if (answer.AsSpan().IndexOf("\r\n\r\n"u8) < 0 || HangsUp) return;
                }
            }
            catch (Exception error) when (error is OperationCanceledException or IOException)
            {
                // The other side has gone, or the test is over.
            }
        }
    }

    private async Task<Posted?> Read(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!EndsWithEmptyLine(head))
        {
            if (await stream.ReadAsync(one, end.Token) == 0) return null;
            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1]);
        var body = new byte[headers.TryGetValue("content-length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, end.Token);
        return new Posted(lines[0], headers, body);
    }

    private static bool EndsWithEmptyLine(List<byte> head) => head.Count >= 4 && head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray());

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
    }

    /// <param name="Headers">By name in lower case.</param>
    public sealed record Posted(string RequestLine, IReadOnlyDictionary<string, string> Headers, byte[] Body)
    {
        public string Text => Encoding.UTF8.GetString(Body);
    }
}
