using HelpDesk.Web.Settings;

namespace HelpDesk.Escalation;

/// <summary>How people of the desk are told.</summary>
/// <param name="Gather">How long what is due for a person gathers before it leaves as one message.</param>
/// <param name="TicketUrl">Where an agent sees a ticket, with <c>{id}</c> for its number; null where no frontend is known.</param>
internal sealed record NoticeOptions(Duration Gather, string? TicketUrl)
{
    private const string Number = "{id}";

    private static readonly HowLong Gathering = new("Notices:Gather", "PT30S", "how long what is due for one person of the desk gathers into one message", "PT0S", "PT1H");

    private static readonly Text Frontend = new(
        "Desk:TicketUrl", $"where agents see a ticket, with `{Number}` for its number, linked in what they are told",
        $"an absolute http or https address with `{Number}` in it, for example `https://console.example.com/tickets/{Number}`", note: "none");

    public static NoticeOptions Read(IConfiguration configuration)
    {
        var url = Frontend.Read(configuration);
        return url is null || (url.Contains(Number, StringComparison.Ordinal) && Uri.TryCreate(UrlOf(url, 1), UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https")
            ? new(Gathering.Read(configuration), url)
            : throw Frontend.Refuse(url);
    }

    public string? UrlOf(long ticket) => TicketUrl is null ? null : UrlOf(TicketUrl, ticket);

    private static string UrlOf(string pattern, long ticket) =>
        pattern.Replace(Number, ticket.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
