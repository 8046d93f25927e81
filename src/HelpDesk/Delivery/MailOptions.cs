using System.Globalization;
using System.Net.Mail;
using HelpDesk.Web;
using HelpDesk.Web.Settings;
using MailKit.Security;

namespace HelpDesk.Delivery;

/// <summary>How mail leaves.</summary>
internal sealed record MailOptions
{
    // TLS from the first byte (RFC 8314).
    private const int ImplicitTlsPort = 465;
    private const int MostPerMinute = 100_000;
    private const string Secured = "Mail:StartTls";
    private const string DomainSection = "Mail:Domains";

    private static readonly Text HostName = new("Mail:Host", "the mail server; without a host, mail becomes files", "the name or the address of a machine", note: "none");

    private static readonly Whole PortNumber = new("Mail:Port", 1, 65535, null, "the mail server's port; on 465 TLS is spoken from the first byte", $"`25` (`587` with `{Secured}`)");

    private static readonly Text UserName = new("Mail:User", "for submission, with `Mail:Password`", "any text", note: "none");

    private static readonly Secret UserPassword = new("Mail:Password", "for submission, with `Mail:User`", "any text", note: "none");

    private static readonly Switch Securing = new(Secured, "`true`: for submission, TLS by STARTTLS, without which no mail leaves; needless on port 465");

    private static readonly Text Sender = new("Mail:From", "sender of all mail", "an address like `HelpDesk <helpdesk@example.com>`", "HelpDesk <helpdesk@localhost>");

    private static readonly Text IdDomain = new("Desk:MailDomain", "right-hand side of Message-IDs", "a domain name like `example.com`", note: "domain of `Mail:From`");

    private static readonly Text Files = new("Mail:Folder", "where `.eml` files go", "a folder that can be written", note: "`$HELPDESK_DATA/mail`");

    private static readonly Whole AtOnce = new("Mail:Connections", 1, 64, 4, "connections to the mail server, and so mails under way at once, of each server");

    private static readonly HowLong Patience = new(
        "Mail:GiveUpAfter", "P3D", "a mail that the server refuses for the time being (4xx) is given up (`dead`) so long after its first refusal");

    private static readonly Whole Attempts = new(
        "Mail:Attempts", 1, 1000, null,
        "give up a message, by mail or webhook, after so many refusals, if that is sooner; times when the server could not be reached never count", "no limit");

    private static readonly Whole PerMinute = new("Mail:PerDomain", 0, MostPerMinute, 0, "mails a minute to any one domain, counted by each server for itself; `0` for no limit");

    private static readonly Whole OneDomain = new(
        $"{DomainSection}:<domain>", 0, MostPerMinute, null, "mails a minute to one domain, as in `Mail:Domains:example.com=60`; `0` for no limit", "`Mail:PerDomain`");

    /// <summary>The mail server. Null: mail becomes files in <see cref="Folder"/>.</summary>
    public string? Host { get; init; }

    public required int Port { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Whether and how conversations with the server are encrypted.</summary>
    public SecureSocketOptions Security { get; init; } = SecureSocketOptions.None;

    public required MailAddress From { get; init; }

    /// <summary>The right-hand side of Message-IDs.</summary>
    public required string Domain { get; init; }

    public required string Folder { get; init; }

    /// <summary>How many mails may be on their way at once.</summary>
    public required int Connections { get; init; }

    /// <summary>When a mail that the server refuses for the time being is given up.</summary>
    public required GiveUp GiveUp { get; init; }

    /// <summary>How many mails a minute may go to one domain; 0 for no limit.</summary>
    public int PerDomain { get; init; }

    /// <summary>The same for some domains, by their names in small letters and ASCII.</summary>
    public IReadOnlyDictionary<string, int> Domains { get; init; } = new Dictionary<string, int>();

    public static MailOptions Read(IConfiguration configuration)
    {
        var startTls = Securing.Read(configuration);
        var from = SenderOf(configuration);
        var port = (int)(PortNumber.ReadOrNull(configuration) ?? (startTls ? 587 : 25));
        var options = new MailOptions
        {
            Host = HostName.Read(configuration),
            Port = port,
            User = UserName.Read(configuration),
            Password = UserPassword.Read(configuration),
            Security = port == ImplicitTlsPort ? SecureSocketOptions.SslOnConnect : startTls ? SecureSocketOptions.StartTls : SecureSocketOptions.None,
            From = from,
            Domain = MailDomain(configuration, from),
            Folder = Files.Read(configuration) ?? Path.Combine(Everywhere.DataFolder.Read(configuration)!, "mail"),
            Connections = AtOnce.Int(configuration),
            GiveUp = new(Patience.Read(configuration), (int?)Attempts.ReadOrNull(configuration)),
            PerDomain = PerMinute.Int(configuration),
            Domains = Limits(configuration),
        };
        if (options.User is null == options.Password is null) return options;
        throw (options.User is null ? (Setting)UserName : UserPassword).Wrong("is missing: a user and a password go together");
    }

    private static MailAddress SenderOf(IConfiguration configuration)
    {
        var text = Sender.Read(configuration)!;
        // The framework would read a list as one strange name and its last address.
        return text.Count(character => character == '@') == 1 && MailAddress.TryCreate(text, out var address) && (EmailAddress.IsOne(address.Address) || text == Sender.Default)
            ? address
            : throw Sender.Refuse(text);
    }

    private static string MailDomain(IConfiguration configuration, MailAddress from)
    {
        var domain = IdDomain.Read(configuration);
        if (domain is null) return new IdnMapping().GetAscii(from.Host);
        return Uri.CheckHostName(domain) == UriHostNameType.Dns && domain.All(char.IsAscii) ? domain : throw IdDomain.Refuse(domain);
    }

    private static Dictionary<string, int> Limits(IConfiguration configuration) => configuration.GetSection(DomainSection).GetChildren()
        .Where(domain => !string.IsNullOrWhiteSpace(domain.Value))
        .ToDictionary(
            domain => Uri.CheckHostName(domain.Key) == UriHostNameType.Dns ? domain.Key.ToLowerInvariant() : throw OneDomain.Of(domain.Path).Wrong("must name a domain like 'example.com'"),
            domain => OneDomain.Of(domain.Path).Int(configuration));
}
