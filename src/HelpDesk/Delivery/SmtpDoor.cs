using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using HelpDesk.Time;

namespace HelpDesk.Delivery;

/// <summary>Mail over SMTP. Conversations are kept for the next mail; one that has become doubtful is dropped.</summary>
internal sealed class SmtpDoor(MailOptions options, TimeProvider machine, RemoteCertificateValidationCallback? trust = null) : IMailDoor, IAsyncDisposable
{
    // Shorter than servers and the boxes between keep a silent conversation.
    private static readonly Duration KeptIdle = Duration.FromSeconds(30);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly ConcurrentStack<SmtpConnection> idle = new();

    public int Connections => options.Connections;

    public async Task Send(OutgoingMail mail, CancellationToken cancel)
    {
        var sender = MailRecipient.Of(options.From.Address);
        var recipient = MailRecipient.Of(mail.Recipient);
        var content = MimeMail.Write(mail, options.From);
        SmtpConnection? connection = null;
        try
        {
            connection = await Begin(sender.Address, sender.NeedsUtf8 || recipient.NeedsUtf8, cancel);
            await connection.Finish(recipient.Address, content, cancel);
            Keep(connection);
        }
        catch (MailRefused) when (connection is not null)
        {
            await KeepAfterRefusal(connection, cancel);
            throw;
        }
        catch (SocketException error)
        {
            throw new IOException($"The mail server {options.Host}:{options.Port} cannot be reached: {error.Message}", error);
        }
        catch
        {
            if (connection is not null) await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<SmtpConnection> Begin(string sender, bool needsUtf8, CancellationToken cancel)
    {
        while (await TakeIdle() is { } kept)
        {
            try
            {
                if (await kept.Begin(sender, needsUtf8, cancel) is null) return kept;
                await kept.DisposeAsync();
            }
            catch (IOException)
            {
                // The server has hung up since the last mail; nothing of this one has been said.
                await kept.DisposeAsync();
            }
            catch
            {
                await kept.DisposeAsync();
                throw;
            }
        }

        var connection = await SmtpConnection.Open(options, trust, cancel);
        try
        {
            return await connection.Begin(sender, needsUtf8, cancel) is { } goodbye
                ? throw new MailRefused($"{goodbye.Words} (to MAIL FROM)", isPermanent: false)
                : connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<SmtpConnection?> TakeIdle()
    {
        while (idle.TryPop(out var connection))
        {
            if (connection.UsedAt + KeptIdle > machine.GetCurrentInstant()) return connection;
            await connection.DisposeAsync();
        }

        return null;
    }

    private async Task KeepAfterRefusal(SmtpConnection connection, CancellationToken cancel)
    {
        try
        {
            await connection.Reset(cancel);
            Keep(connection);
        }
        catch (Exception)
        {
            // The refusal is what is reported; the conversation is not worth a second error.
            await connection.DisposeAsync();
        }
    }

    private void Keep(SmtpConnection connection)
    {
        connection.UsedAt = machine.GetCurrentInstant();
        idle.Push(connection);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(Farewell, machine);
        while (idle.TryPop(out var connection))
        {
            try
            {
                await connection.Quit(patience.Token);
            }
            catch (Exception)
            {
                // A server that does not say goodbye is left without one.
            }

            await connection.DisposeAsync();
        }
    }
}
