using System.Globalization;
using HelpDesk.Web;

namespace HelpDesk.Tickets;

/// <summary>
/// Who the desk is: <c>Desk:Name</c>, <c>Desk:PublicUrl</c>, <c>Desk:TimeZone</c>, <c>Messages:MinimumGap</c>, <c>Tickets:CloseAfter</c>, and how often it answers of itself.
/// </summary>
/// <param name="CloseAfter">How long tickets without a policy stay resolved.</param>
internal sealed record DeskSettings(string Name, string PublicUrl, DateTimeZone Zone, Duration MinimumGap, Duration CloseAfter)
{
    private const int MostReplies = 10_000;

    /// <summary>Automatic answers to a customer's messages on one ticket within an hour; further ones are not written.</summary>
    public int AutomaticRepliesPerHour { get; private init; } = 10;

    /// <summary>After so many tickets of one customer within an hour, further ones are not acknowledged.</summary>
    public int AcknowledgementsPerHour { get; private init; } = 100;

    /// <summary>The address of the customer's own page of a ticket.</summary>
    public string? PageOf(string? token) => token is null ? null : $"{PublicUrl}/t/{token}";

    /// <summary>Whether customers are known to reach the desk at <see cref="PublicUrl"/>; else no mail leads there.</summary>
    public bool IsPublic { get; private init; }

    public static DeskSettings Read(IConfiguration configuration)
    {
        var url = configuration["Desk:PublicUrl"] ?? ServedAddress.Of(configuration) ?? "http://127.0.0.1:5080";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
        {
            throw new WrongConfiguration($"Desk:PublicUrl must be an absolute http or https address, but is '{url}'.");
        }

        var zone = configuration["Desk:TimeZone"] ?? "UTC";
        var gap = configuration["Messages:MinimumGap"] ?? "PT15M";
        if (!Web.IsoDuration.TryParse(gap, out var minimum) || minimum < Duration.Zero || minimum > Duration.FromDays(1))
        {
            throw new WrongConfiguration($"Messages:MinimumGap must be an ISO 8601 duration from PT0S to P1D, but is '{gap}'.");
        }

        var closing = configuration["Tickets:CloseAfter"] ?? "P14D";
        if (!Web.IsoDuration.TryParse(closing, out var closeAfter) || closeAfter <= Duration.Zero || closeAfter > Deadlines.Term.LongestTarget)
        {
            throw new WrongConfiguration($"Tickets:CloseAfter must be an ISO 8601 duration longer than zero and at most ten years, but is '{closing}'.");
        }

        return new DeskSettings(
            configuration["Desk:Name"] ?? "HelpDesk",
            url.TrimEnd('/'),
            DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)
                ?? throw new WrongConfiguration($"Desk:TimeZone must be an IANA time zone such as Europe/Helsinki, but is '{zone}'."),
            minimum,
            closeAfter)
        {
            IsPublic = configuration["Desk:PublicUrl"] is { Length: > 0 },
            AutomaticRepliesPerHour = Replies(configuration, "Messages:AutomaticRepliesPerHour", 10),
            AcknowledgementsPerHour = Replies(configuration, "Messages:AcknowledgementsPerHour", 100),
        };
    }

    private static int Replies(IConfiguration configuration, string key, int otherwise) =>
        configuration[key] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostReplies ? number
        : throw new WrongConfiguration($"{key} must be a whole number from 0 to {MostReplies}, but is '{text}'.");
}
