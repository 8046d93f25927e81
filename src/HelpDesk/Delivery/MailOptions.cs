using System.Globalization;
using System.Net.Mail;
using HelpDesk.Web;

namespace HelpDesk.Delivery;

/// <summary><c>Mail:*</c> of the configuration. A value that cannot be is refused at start, naming its key.</summary>
internal sealed record MailOptions
{
    // TLS from the first byte (RFC 8314), which the framework's client does not speak.
    private const int ImplicitTlsPort = 465;
    private const int MostPerMinute = 100_000;

    /// <summary>The mail server. Null: mail becomes files in <see cref="Folder"/>.</summary>
    public string? Host { get; init; }

    public int Port { get; init; } = 25;

    public string? User { get; init; }

    public string? Password { get; init; }

    public bool StartTls { get; init; }

    public MailAddress From { get; init; } = new("helpdesk@localhost", "HelpDesk");

    /// <summary>The right-hand side of Message-IDs.</summary>
    public string Domain { get; init; } = "localhost";

    public string Folder { get; init; } = Path.Combine(".data", "mail");

    /// <summary>How many mails may be on their way at once.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>When a mail that the server refuses for the time being is given up.</summary>
    public GiveUp GiveUp { get; init; } = new(Duration.FromDays(3), null);

    /// <summary>How many mails a minute may go to one domain; 0 for no limit.</summary>
    public int PerDomain { get; init; }

    /// <summary>The same for some domains, by their names in small letters and ASCII.</summary>
    public IReadOnlyDictionary<string, int> Domains { get; init; } = new Dictionary<string, int>();

    public static MailOptions Read(IConfiguration configuration)
    {
        var startTls = Flag(configuration, "Mail:StartTls");
        var from = Sender(configuration["Mail:From"]);
        var options = new MailOptions
        {
            Host = Text(configuration, "Mail:Host"),
            Port = Number(configuration, "Mail:Port", 1, 65535, otherwise: startTls ? 587 : 25),
            User = Text(configuration, "Mail:User"),
            Password = Text(configuration, "Mail:Password"),
            StartTls = startTls,
            From = from,
            Domain = MailDomain(configuration, from),
            Folder = Text(configuration, "Mail:Folder") ?? Path.Combine(Text(configuration, "HELPDESK_DATA") ?? ".data", "mail"),
            Connections = Number(configuration, "Mail:Connections", 1, 64, otherwise: 4),
            GiveUp = new(Time(configuration, "Mail:GiveUpAfter", "P3D"), Text(configuration, "Mail:Attempts") is null ? null : Number(configuration, "Mail:Attempts", 1, 1000, otherwise: 0)),
            PerDomain = Number(configuration, "Mail:PerDomain", 0, MostPerMinute, otherwise: 0),
            Domains = Limits(configuration.GetSection("Mail:Domains")),
        };
        if (options.Port == ImplicitTlsPort)
        {
            throw Wrong("Mail:Port", "cannot be '465' (TLS from the first byte): use the server's port for STARTTLS, mostly 587, with Mail:StartTls=true");
        }

        if (options.User is null == options.Password is null) return options;
        throw Wrong(options.User is null ? "Mail:User" : "Mail:Password", "is missing: a user and a password go together");
    }

    private static bool Flag(IConfiguration configuration, string key) =>
        Text(configuration, key) is { } text && (bool.TryParse(text, out var flag) ? flag : throw Wrong(key, $"must be true or false, not '{text}'"));

    private static MailAddress Sender(string? configured)
    {
        if (string.IsNullOrWhiteSpace(configured)) return new("helpdesk@localhost", "HelpDesk");
        // The framework would read a list as one strange name and its last address.
        return configured.Count(character => character == '@') == 1
            && MailAddress.TryCreate(configured, out var address)
            && EmailAddress.IsOne(address.Address)
            ? address
            : throw Wrong("Mail:From", $"must be an address like 'HelpDesk <helpdesk@example.com>', not '{configured}'");
    }

    private static string MailDomain(IConfiguration configuration, MailAddress from)
    {
        var domain = Text(configuration, "Desk:MailDomain");
        if (domain is null) return new IdnMapping().GetAscii(from.Host);
        return Uri.CheckHostName(domain) == UriHostNameType.Dns && domain.All(char.IsAscii)
            ? domain
            : throw Wrong("Desk:MailDomain", $"must be a domain name like 'example.com', not '{domain}'");
    }

    private static int Number(IConfiguration configuration, string key, int least, int most, int otherwise, string? named = null) =>
        Text(configuration, key) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw Wrong(named ?? key, $"must be a whole number from {least} to {most}, not '{text}'");

    private static Dictionary<string, int> Limits(IConfigurationSection domains) => domains.GetChildren().ToDictionary(
        domain => Uri.CheckHostName(domain.Key) == UriHostNameType.Dns ? domain.Key.ToLowerInvariant() : throw Wrong(domain.Path, "must name a domain like 'example.com'"),
        domain => Number(domains, domain.Key, 0, MostPerMinute, otherwise: 0, domain.Path));

    private static Duration Time(IConfiguration configuration, string key, string otherwise)
    {
        var text = Text(configuration, key) ?? otherwise;
        return IsoDuration.TryParse(text, out var time, out var rule) && time > Duration.Zero ? time : throw Wrong(key, $"is '{text}', which {rule ?? "must be longer than nothing"}");
    }

    private static string? Text(IConfiguration configuration, string key) =>
        configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static WrongConfiguration Wrong(string key, string rule) => new($"{key} {rule}.");
}
