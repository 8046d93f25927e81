using System.Collections.Concurrent;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;

namespace HelpDesk.Delivery;

/// <summary>
/// Mail over SMTP, by the framework's client: STARTTLS (no TLS from the first byte), AUTH LOGIN (no AUTH PLAIN, no OAuth). It goes on
/// without authentication where the server refuses the password; the server's refusal of the mail is then what shows.
/// A client keeps its connection for the next mail; after an error, or when there was nothing to send for a while, it is dropped.
/// </summary>
internal sealed class SmtpDoor : IMailDoor, IDisposable
{
    // Shorter than servers and the boxes between keep a silent conversation.
    private static readonly TimeSpan KeptIdle = TimeSpan.FromSeconds(30);

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

    public async Task Send(OutgoingMail mail, CancellationToken cancel)
    {
        using var message = ComposedMail.Of(mail, options.From);
        var hadBegun = false;
        mail.HasBegun = () => hadBegun || ComposedMail.HasBegun(message);
        try
        {
            if (!await SendOverKept(message, cancel)) await SendOver(NewClient(), message, cancel);
        }
        catch (SmtpException error)
        {
            throw Told(error, ComposedMail.HasBegun(message));
        }
        finally
        {
            hadBegun = ComposedMail.HasBegun(message);
        }
    }

    private async Task<bool> SendOverKept(MailMessage message, CancellationToken cancel)
    {
        while (idle.TryPop(out var kept))
        {
            try
            {
                await SendOver(kept, message, cancel);
                return true;
            }
            catch (SmtpException error) when (HasHungUp(error) && !ComposedMail.HasBegun(message))
            {
                // The server has ended the conversation since its last mail; nothing of this one has been said.
            }
        }

        return false;
    }

    private static bool HasHungUp(SmtpException error) =>
        error.StatusCode == SmtpStatusCode.ServiceNotAvailable || error.InnerException is IOException;

    private async Task SendOver(SmtpClient client, MailMessage message, CancellationToken cancel)
    {
        var isFit = false;
        client.DeliveryFormat = ComposedMail.Format(message);
        try
        {
            // Not SendMailAsync: it waits for the reply to a mail's end on a thread of the pool and heeds no token there. On threads of
            // their own 16 connections carry 2.5 times as many mails (2026-11-22), and nobody else waits for them.
            await using (cancel.Register(client.Dispose))
            {
                await Task.Factory.StartNew(
                    () => client.Send(message), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }

            isFit = !cancel.IsCancellationRequested;
        }
        finally
        {
            if (isFit) Keep(client);
            else client.Dispose();
        }
    }

    private SmtpClient NewClient()
    {
        var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.StartTls };
        if (options.User is null) return client;
        // For LOGIN alone: where a server offers GSSAPI or NTLM too, the framework would try those first.
        var credentials = new CredentialCache();
        credentials.Add(options.Host!, options.Port, "LOGIN", new(options.User, options.Password));
        client.Credentials = credentials;
        return client;
    }

    private void Keep(SmtpClient client)
    {
        idle.Push(client);
        lull.Change(KeptIdle, Timeout.InfiniteTimeSpan);
    }

    // Dead at once is only what was refused for its recipient or its content. Which of the steps before them a server refused the framework
    // does not tell: there it may be the configuration or the server, and pass. So may 5.7 to a recipient, which is about who may send.
    // 421 before any content, and no answer at all, are the server's own state and no word on the mail.
    private Exception Told(SmtpException error, bool hasBegun)
    {
        if (error.StatusCode == SmtpStatusCode.ServiceNotAvailable && !hasBegun) return new HostAway($"421 {error.Message}", error);
        if ((int)error.StatusCode >= 400)
        {
            var isOfThisMail = error is SmtpFailedRecipientException ? !error.Message.Contains(" 5.7.", StringComparison.Ordinal) : hasBegun;
            return new MailRefused($"{(int)error.StatusCode} {error.Message}", (int)error.StatusCode >= 500 && isOfThisMail);
        }

        var words = error.InnerException switch
        {
            null => error.Message,
            SocketException cause => $"The mail server {Server} cannot be reached: {cause.Message}",
            var cause => $"{error.Message} {cause.Message}",
        };
        return error.InnerException is IOException or SocketException or AuthenticationException && !hasBegun ? new HostAway(words, error) : new IOException(words, error);
    }

    private void DropIdle()
    {
        while (idle.TryPop(out var client)) client.Dispose();
    }

    public void Dispose()
    {
        lull.Dispose();
        DropIdle();
    }
}
