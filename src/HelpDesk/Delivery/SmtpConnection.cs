using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace HelpDesk.Delivery;

/// <summary>
/// One conversation with the mail server (RFC 5321), for any number of mails one after the other. The framework's SmtpClient waits 40 ms a
/// mail for its own
/// delayed acknowledgements, knows no AUTH PLAIN, and hides the server's words; hence this one.
/// </summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    private readonly TcpClient client = new() { NoDelay = true };
    private readonly HashSet<string> extensions = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> mechanisms = new(StringComparer.OrdinalIgnoreCase);
    private Stream stream = Stream.Null;
    private SmtpReplyReader replies = new(Stream.Null);

    private SmtpConnection()
    {
    }

    /// <summary>When it was last used; machine time.</summary>
    public Instant UsedAt { get; set; }

    /// <summary>
    /// Connects, encrypts and authenticates as <c>Mail:*</c> says. <paramref name="trust"/>: who is trusted to be the server; null: whom
    /// the machine trusts.
    /// </summary>
    public static async Task<SmtpConnection> Open(MailOptions options, RemoteCertificateValidationCallback? trust, CancellationToken cancel)
    {
        var connection = new SmtpConnection();
        try
        {
            await connection.Connect(options, trust, cancel);
            return connection;
        }
        catch
        {
            connection.client.Dispose();
            throw;
        }
    }

    private async Task Connect(MailOptions options, RemoteCertificateValidationCallback? trust, CancellationToken cancel)
    {
        await client.ConnectAsync(options.Host!, options.Port, cancel);
        Speak(client.GetStream());
        if (options.Port == MailOptions.ImplicitTlsPort) await Encrypt(options.Host!, trust, cancel);
        Require("the greeting", await replies.Read(cancel));
        await Greet(cancel);
        if (options.StartTls && options.Port != MailOptions.ImplicitTlsPort) await StartTls(options.Host!, trust, cancel);
        if (options.User is not null) await Authenticate(options.User, options.Password!, cancel);
    }

    private async Task Greet(CancellationToken cancel)
    {
        var reply = await Ask($"EHLO {OwnName()}", cancel);
        Require("EHLO", reply);
        extensions.Clear();
        mechanisms.Clear();
        foreach (var words in reply.Lines.Skip(1).Select(line => line.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries)))
        {
            if (words.Length == 0) continue;
            extensions.Add(words[0]);
            if (words[0].Equals("AUTH", StringComparison.OrdinalIgnoreCase)) mechanisms.UnionWith(words.Skip(1));
        }
    }

    private static string OwnName()
    {
        var name = Dns.GetHostName();
        return Uri.CheckHostName(name) == UriHostNameType.Dns && Ascii.IsValid(name) ? name : "localhost";
    }

    private async Task StartTls(string host, RemoteCertificateValidationCallback? trust, CancellationToken cancel)
    {
        if (!extensions.Contains("STARTTLS")) throw new MailRefused("Mail:StartTls is set, but the mail server offers no STARTTLS.", isPermanent: false);
        Require("STARTTLS", await Ask("STARTTLS", cancel));
        if (replies.HasMore) throw new MailRefused("The mail server spoke out of turn before the encryption began.", isPermanent: false);
        await Encrypt(host, trust, cancel);
        await Greet(cancel);
    }

    private async Task Encrypt(string host, RemoteCertificateValidationCallback? trust, CancellationToken cancel)
    {
        var encrypted = new SslStream(stream, leaveInnerStreamOpen: false);
        await encrypted.AuthenticateAsClientAsync(new() { TargetHost = host, RemoteCertificateValidationCallback = trust }, cancel);
        Speak(encrypted);
    }

    private void Speak(Stream over)
    {
        stream = over;
        replies = new(over);
    }

    private async Task Authenticate(string user, string password, CancellationToken cancel)
    {
        if (mechanisms.Contains("PLAIN"))
        {
            Require("AUTH", await Ask($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", cancel));
            return;
        }

        if (!mechanisms.Contains("LOGIN"))
        {
            throw new MailRefused("Mail:User is set, but the mail server offers neither AUTH PLAIN nor AUTH LOGIN here.", isPermanent: false);
        }

        Require("AUTH", await Ask("AUTH LOGIN", cancel));
        Require("AUTH", await Ask(Base64(user), cancel));
        Require("AUTH", await Ask(Base64(password), cancel));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// Begins a mail. Null: it may go on. A reply: this conversation is over before anything was said in it (421), and another may be
    /// opened.
    /// </summary>
    public async Task<SmtpReply?> Begin(string sender, bool needsUtf8, CancellationToken cancel)
    {
        if (needsUtf8 && !extensions.Contains("SMTPUTF8"))
        {
            throw new MailRefused("The mail server takes no addresses with letters outside ASCII (it offers no SMTPUTF8).", isPermanent: true);
        }

        var reply = await Ask($"MAIL FROM:<{sender}>{(needsUtf8 ? " SMTPUTF8" : "")}", cancel);
        if (reply.Code == 421) return reply;
        Accept("MAIL FROM", reply);
        return null;
    }

    /// <summary>Ends the mail that was begun: once this returns it is the server's.</summary>
    public async Task Finish(string recipient, byte[] mail, CancellationToken cancel)
    {
        Accept("RCPT TO", await Ask($"RCPT TO:<{recipient}>", cancel));
        Accept("DATA", await Ask("DATA", cancel));
        await stream.WriteAsync(DotStuffed(mail), cancel);
        Accept("the mail", await replies.Read(cancel));
    }

    /// <summary>Gives up a mail that was refused, so that the next may begin.</summary>
    public async Task Reset(CancellationToken cancel) => Require("RSET", await Ask("RSET", cancel));

    private static byte[] DotStuffed(byte[] mail)
    {
        var stuffed = new MemoryStream(mail.Length + 64);
        var atLineStart = true;
        foreach (var value in mail)
        {
            if (atLineStart && value == (byte)'.') stuffed.WriteByte(value);
            stuffed.WriteByte(value);
            atLineStart = value == (byte)'\n';
        }

        stuffed.Write(".\r\n"u8);
        return stuffed.ToArray();
    }

    private async Task<SmtpReply> Ask(string line, CancellationToken cancel)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancel);
        return await replies.Read(cancel);
    }

    // What goes wrong before a mail is the matter of the configuration or the server, not of the mail: it may pass.
    private static void Require(string step, SmtpReply reply)
    {
        if (!reply.IsPositive) throw new MailRefused($"{reply.Words} (to {step})", isPermanent: false);
    }

    private static void Accept(string step, SmtpReply reply)
    {
        if (!reply.IsPositive) throw new MailRefused($"{reply.Words} (to {step})", isPermanent: reply.Code is >= 500);
    }

    public async Task Quit(CancellationToken cancel) => await Ask("QUIT", cancel);

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        client.Dispose();
    }
}
