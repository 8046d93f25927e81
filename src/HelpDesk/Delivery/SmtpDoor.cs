using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace HelpDesk.Delivery;

/// <summary>
/// Mail over SMTP. A client keeps its connection for the next mail; after an error, or when there was nothing to send for a while, it is dropped.
/// </summary>
internal sealed class SmtpDoor : IMailDoor, IDisposable
{
    // Shorter than servers and the boxes between keep a silent conversation.
    private static readonly TimeSpan KeptIdle = TimeSpan.FromSeconds(30);

    // MailKit would try these first.
    private static readonly string[] WantMoreThanAPassword = ["GSSAPI", "NEGOTIATE", "NTLM"];

    private const int MillisecondsForGoodbye = 1000;

    private readonly MailOptions options;
    private readonly ConcurrentStack<SmtpClient> idle = new();
    private readonly ITimer lull;

    public SmtpDoor(MailOptions options, TimeProvider machine)
    {
        this.options = options;
        lull = machine.CreateTimer(_ => DropIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Connections => options.Connections;

    public string Server => $"{options.Host}:{options.Port}";

    /// <summary>Who else than the machine says that a certificate is to be trusted; null for nobody.</summary>
    public RemoteCertificateValidationCallback? Trust { get; init; }

    public async Task<string?> Send(OutgoingMail mail, CancellationToken cancel)
    {
        using var message = ComposedMail.Of(mail, options.From);
        var (format, said) = (ComposedMail.Format(message), new Said());
        mail.HasBegun = () => said.Anything;
        try
        {
            return (format.International ? null : await SendOverKept(message, format, said, cancel)) ?? await SendOver(NewClient(), message, format, said, cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw SmtpErrors.Told(error, Server, said.Anything);
        }
    }

    private async Task<string?> SendOverKept(MimeMessage message, FormatOptions format, Said said, CancellationToken cancel)
    {
        while (idle.TryPop(out var kept))
        {
            try
            {
                return await SendOver(kept, message, format, said, cancel);
            }
            catch (Exception error) when (SmtpErrors.IsHangUp(error) && !said.Anything)
            {
                // The server has ended the conversation since its last mail; nothing of this one has been said.
            }
        }

        return null;
    }

    private async Task<string> SendOver(SmtpClient client, MimeMessage message, FormatOptions format, Said said, CancellationToken cancel)
    {
        var isFit = false;
        try
        {
            if (!client.IsConnected) await Connect(client, cancel);
            // MailKit would say the address all the same.
            if (format.International && !client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
            {
                throw new MailRefused($"The mail server {Server} takes no addresses outside ASCII (it offers no SMTPUTF8).", isPermanent: true);
            }

            // It would say a domain outside ASCII in SMTPUTF8 too where the server offers it. Once taken away it stays away.
            if (!format.International) client.Capabilities &= ~SmtpCapabilities.UTF8;
            var words = await client.SendAsync(format, message, cancel, said);
            isFit = !format.International;
            return $"{(int)SmtpStatusCode.Ok} {words}";
        }
        finally
        {
            if (isFit) Keep(client);
            else client.Dispose();
        }
    }

    private SmtpClient NewClient() => new()
    {
        // As .NET has it: where the lists of revoked certificates cannot be had, promises would lapse.
        CheckCertificateRevocation = false,
        ServerCertificateValidationCallback = Trust,
    };

    // A server that offers no authentication at all is not refused for that: it says at the mail whether it minds.
    private async Task Connect(SmtpClient client, CancellationToken cancel)
    {
        // MailKit's own waits for more to send before it sends what is little: 40 ms a mail where the server waits for more to acknowledge.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host!, options.Port, cancel);
            await client.ConnectAsync(socket, options.Host!, options.Port, options.Security, cancel);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        if (options.User is null || !client.Capabilities.HasFlag(SmtpCapabilities.Authentication)) return;
        client.AuthenticationMechanisms.ExceptWith(WantMoreThanAPassword);
        await client.AuthenticateAsync(options.User, options.Password!, cancel);
    }

    private void Keep(SmtpClient client)
    {
        idle.Push(client);
        lull.Change(KeptIdle, Timeout.InfiniteTimeSpan);
    }

    private void DropIdle()
    {
        while (idle.TryPop(out var client)) Dismiss(client);
    }

    private static void Dismiss(SmtpClient client)
    {
        using (client)
        {
            try
            {
                client.Timeout = MillisecondsForGoodbye;
                client.Disconnect(quit: true);
            }
            catch (Exception error) when (SmtpErrors.IsHangUp(error) || error is TimeoutException)
            {
                // It has gone before us.
            }
        }
    }

    public void Dispose()
    {
        lull.Dispose();
        DropIdle();
    }

    /// <summary>Whether any of a mail's content has been said. Where none has, no server can have taken it.</summary>
    private sealed class Said : ITransferProgress
    {
        private volatile bool anything;

        public bool Anything => anything;

        public void Report(long bytesTransferred) => anything = true;

        public void Report(long bytesTransferred, long totalSize) => anything = true;
    }
}
