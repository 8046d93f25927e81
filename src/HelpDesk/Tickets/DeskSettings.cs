using HelpDesk.Web;
using HelpDesk.Web.Settings;

namespace HelpDesk.Tickets;

/// <summary>Who the desk is, how long it waits, and how often it answers of itself.</summary>
/// <param name="CloseAfter">How long tickets without a policy stay resolved.</param>
internal sealed record DeskSettings(string Name, string PublicUrl, DateTimeZone Zone, Duration MinimumGap, Duration CloseAfter)
{
    private const int MostReplies = 10_000;

    private static readonly Text TimeZone = new(
        "Desk:TimeZone", "for customers without a zone, and what days figures are counted in", "an IANA time zone such as `Europe/Helsinki`", "UTC");

    private static readonly HowLong Gap = new("Messages:MinimumGap", "PT15M", "promises of a ticket that come up within this are told in one message", "PT0S", "P1D");

    private static readonly HowLong Closing = new(
        "Tickets:CloseAfter", "P14D", "how long a ticket without a policy stays resolved before it is closed of itself; policies say their own (`closeAfter`). Ten years at most",
        most: IsoDuration.Format(Deadlines.Term.LongestTarget));

    private static readonly Whole Replies = new(
        "Messages:AutomaticRepliesPerHour", 0, MostReplies, 10,
        "automatic answers to a customer's messages on one ticket within an hour; `0` for none. Agents' answers, follow-ups and recoveries are never limited");

    private static readonly Whole Acknowledgements = new(
        "Messages:AcknowledgementsPerHour", 0, MostReplies, 100, "after so many tickets of one customer within an hour further ones are not acknowledged; `0` for none");

    /// <summary>Automatic answers to a customer's messages on one ticket within an hour; further ones are not written.</summary>
    public int AutomaticRepliesPerHour { get; private init; }

    /// <summary>After so many tickets of one customer within an hour, further ones are not acknowledged.</summary>
    public int AcknowledgementsPerHour { get; private init; }

    /// <summary>The address of the customer's own page of a ticket.</summary>
    public string? PageOf(string? token) => token is null ? null : $"{PublicUrl}/t/{token}";

    /// <summary>Whether customers are known to reach the desk at <see cref="PublicUrl"/>; else no mail leads there.</summary>
    public bool IsPublic { get; private init; }

    public static DeskSettings Read(IConfiguration configuration)
    {
        var said = Everywhere.PublicUrl.Read(configuration);
        var url = said ?? ServedAddress.Of(configuration) ?? "http://127.0.0.1:5080";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https")) throw Everywhere.PublicUrl.Refuse(url);
        var zone = TimeZone.Read(configuration)!;
        return new DeskSettings(
            Everywhere.DeskName.Read(configuration)!, url.TrimEnd('/'), DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? throw TimeZone.Refuse(zone), Gap.Read(configuration), Closing.Read(configuration))
        {
            IsPublic = said is not null,
            AutomaticRepliesPerHour = Replies.Int(configuration),
            AcknowledgementsPerHour = Acknowledgements.Int(configuration),
        };
    }
}
