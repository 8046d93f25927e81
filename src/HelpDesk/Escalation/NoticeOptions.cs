using HelpDesk.Web;

namespace HelpDesk.Escalation;

/// <summary>How people of the desk are told: <c>Notices:Gather</c> and <c>Desk:TicketUrl</c>.</summary>
/// <param name="Gather">How long what is due for a person gathers before it leaves as one message.</param>
/// <param name="TicketUrl">Where an agent sees a ticket, with <c>{id}</c> for its number; null where no frontend is known.</param>
internal sealed record NoticeOptions(Duration Gather, string? TicketUrl)
{
    private const string Number = "{id}";

    public static NoticeOptions Read(IConfiguration configuration)
    {
        var text = configuration["Notices:Gather"] is { Length: > 0 } configured ? configured : "PT30S";
        if (!IsoDuration.TryParse(text, out var gather) || gather < Duration.Zero || gather > Duration.FromHours(1))
        {
            throw new WrongConfiguration($"Notices:Gather must be an ISO 8601 duration from PT0S to PT1H, but is '{text}'.");
        }

        var url = configuration["Desk:TicketUrl"] is { Length: > 0 } given ? given : null;
        if (url is not null && (!url.Contains(Number, StringComparison.Ordinal) || !Uri.TryCreate(UrlOf(url, 1), UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https")))
        {
            throw new WrongConfiguration($"Desk:TicketUrl must be an absolute http or https address with {Number} in it, for example https://console.example.com/tickets/{Number}, but is '{url}'.");
        }

        return new NoticeOptions(gather, url);
    }

    public string? UrlOf(long ticket) => TicketUrl is null ? null : UrlOf(TicketUrl, ticket);

    private static string UrlOf(string pattern, long ticket) =>
        pattern.Replace(Number, ticket.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
