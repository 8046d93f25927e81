using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HelpDesk.Tests.Support;

/// <summary>
/// A mail server on loopback that does as it is told: <see cref="Behave"/> is asked at every step ("greeting", "EHLO", "AUTH", "MAIL",
/// "RCPT", "DATA", "end",
/// "RSET") what to do, and whatever it does not say is accepted.
/// </summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<ReceivedMail> mails = new();
    private readonly ConcurrentBag<Task> conversations = [];
    private readonly TaskCompletionSource hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task listening;
    private int connections;

    public SmtpSink()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listening = Listen();
    }

    public int Port { get; }

    public Func<string, string, Step> Behave { get; set; } = (_, _) => Step.Accept;

    /// <summary>With it STARTTLS is offered, and AUTH only after it.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>With it the conversation begins encrypted.</summary>
    public bool IsEncryptedFromTheStart { get; init; }

    public bool TakesAddressesOutsideAscii { get; init; } = true;

    /// <summary>The mechanisms offered, of which it speaks LOGIN and PLAIN; with it MAIL wants authentication first.</summary>
    public string? Auth { get; init; }

    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    public IReadOnlyList<ReceivedMail> Mails => [.. mails];

    public int Connections => connections;

    /// <summary>Completes when a client has been left hanging, or waits for the signal of a slow step.</summary>
    public Task Hanging => hanging.Task;

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref connections);
                conversations.Add(Converse(client));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task Converse(TcpClient client)
    {
        using var owned = client;
        client.NoDelay = true;
        try
        {
            await new Conversation(this, client.GetStream()).Run();
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException or ClosedByScript)
        {
            // Either side hung up.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await listening;
        await Task.WhenAll(conversations);
    }

    /// <summary>What the server does at a step.</summary>
    public sealed record Step(string? Reply, bool Hangs = false, bool Closes = false, Task? After = null)
    {
        public static readonly Step Accept = new(null as string);
        public static readonly Step Hang = new(null, Hangs: true);
        public static readonly Step Close = new(null, Closes: true);

        public static Step Say(string reply) => new(reply);

        public static Step AcceptAfter(Task signal) => new(null, After: signal);
    }

    public sealed record ReceivedMail(string From, IReadOnlyList<string> To, string Raw, bool Encrypted, string? User)
    {
        /// <summary>When it was taken, by the machine's clock.</summary>
        public Instant At { get; } = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
    }

    private sealed class ClosedByScript : Exception;

    private sealed class Conversation(SmtpSink sink, Stream wire)
    {
        private Stream stream = wire;
        private StreamReader lines = Reader(wire);
        private bool isEncrypted;
        private string? turnedDown;
        private string? user;
        private string from = "";
        private List<string> to = [];

        public async Task Run()
        {
            if (sink.IsEncryptedFromTheStart) await Encrypt();
            await Answer("greeting", "", "220 sink ready");
            while (await lines.ReadLineAsync(sink.stop.Token) is { } line)
            {
                var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                if (verb == "QUIT")
                {
                    await Say("221 bye");
                    return;
                }

                await (verb switch
                {
                    "EHLO" => Hello(line),
                    "HELO" => Say(turnedDown ?? "250 sink"),
                    "STARTTLS" => StartTls(),
                    "AUTH" => Authenticate(line),
                    "MAIL" => Mail(line),
                    "RCPT" => Recipient(line),
                    "DATA" => Data(),
                    "RSET" => Answer("RSET", "", "250 ok"),
                    _ => Say("500 what?"),
                });
            }
        }

        // Who is turned down tries HELO next, and hears the same.
        private async Task Hello(string line)
        {
            var told = sink.Behave("EHLO", line);
            turnedDown = told.Reply;
            await Follow(told, Extensions());
        }

        private string Extensions()
        {
            var offered = new List<string> { "sink", "8BITMIME" };
            if (sink.TakesAddressesOutsideAscii) offered.Add("SMTPUTF8");
            if (sink.Certificate is not null && !isEncrypted) offered.Add("STARTTLS");
            if (sink.Auth is not null && (sink.Certificate is null || isEncrypted)) offered.Add($"AUTH {sink.Auth}");
            return string.Join("\r\n", offered.Select((word, i) => $"250{(i < offered.Count - 1 ? '-' : ' ')}{word}"));
        }

        private async Task StartTls()
        {
            await Say("220 go ahead");
            await Encrypt();
        }

        private async Task Encrypt()
        {
            var encrypted = new SslStream(stream);
            await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = sink.Certificate }, sink.stop.Token);
            (stream, lines, isEncrypted) = (encrypted, Reader(encrypted), true);
        }

        private async Task Authenticate(string line)
        {
            // What it begins with may come with the command or be asked for.
            var words = line.Split(' ');
            if (words.Length < 3) await Say(words[1] == "PLAIN" ? "334 " : "334 VXNlcm5hbWU6");
            var first = Decoded(words.Length < 3 ? (await lines.ReadLineAsync(sink.stop.Token))! : words[2]);
            var (name, password) = words[1] == "PLAIN" ? (first.Split('\0')[1], first.Split('\0')[2]) : (first, await AskPassword());
            if (name == sink.User && password == sink.Password) user = name;
            await Answer("AUTH", name, user is null ? "535 5.7.8 no such user or password" : "235 welcome");
        }

        private async Task<string> AskPassword()
        {
            await Say("334 UGFzc3dvcmQ6");
            return Decoded((await lines.ReadLineAsync(sink.stop.Token))!);
        }

        private static string Decoded(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

        private async Task Mail(string line)
        {
            (from, to) = (Address(line), []);
            await Answer("MAIL", from, sink.Auth is not null && user is null ? "530 5.7.0 authenticate first" : "250 ok");
        }

        private async Task Recipient(string line)
        {
            to.Add(Address(line));
            await Answer("RCPT", to[^1], "250 ok");
        }

        private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

        private async Task Data()
        {
            if (!await Answer("DATA", to[0], "354 go ahead")) return;
            var raw = new StringBuilder();
            while (await lines.ReadLineAsync(sink.stop.Token) is { } line && line != ".")
            {
                if (sink.Behave("line", line).Closes) throw new ClosedByScript();
                raw.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            }

            var mail = new ReceivedMail(from, to, raw.ToString(), isEncrypted, user);
            await Answer("end", to[0], "250 taken as 4bXk", () => sink.mails.Enqueue(mail));
        }

        /// <summary>True where the step was accepted; <paramref name="accepted"/> then runs before the client is told.</summary>
        private Task<bool> Answer(string step, string about, string reply, Action? accepted = null) => Follow(sink.Behave(step, about), reply, accepted);

        private async Task<bool> Follow(Step told, string reply, Action? accepted = null)
        {
            if (told.After is not null)
            {
                sink.hanging.TrySetResult();
                await told.After.WaitAsync(sink.stop.Token);
            }

            if (told.Hangs)
            {
                sink.hanging.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, sink.stop.Token);
            }

            if (told.Closes) throw new ClosedByScript();
            if (told.Reply is null) accepted?.Invoke();
            await Say(told.Reply ?? reply);
            return told.Reply is null;
        }

        private async Task Say(string reply) => await stream.WriteAsync(Encoding.UTF8.GetBytes(reply + "\r\n"), sink.stop.Token);

        private static StreamReader Reader(Stream over) => new(over, new UTF8Encoding(false), false, 1024, leaveOpen: true);
    }
}
