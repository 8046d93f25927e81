using System.Text.Json;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Json;

namespace HelpDesk.Escalation;

/// <summary>Writes one message to one person of all that is due for her: in an agent's language and zone, else in the desk's.</summary>
internal sealed class Digest(Rendering rendering, Languages languages, MailIds ids, DeskSettings desk, NoticeOptions options)
{
    /// <summary>More are counted, not listed.</summary>
    public const int MostListed = 100;

    /// <param name="due">All of one person, at least one.</param>
    public OutgoingMessage Write(IReadOnlyList<DueNotice> due, Instant now)
    {
        var first = due[0];
        var language = languages.For(first.AgentLocale);
        // Two steps may ask the same of her.
        var told = due.DistinctBy(notice => (notice.PromiseId, notice.Why)).ToList();
        var isWeb = first.AgentId is null && !EmailAddress.IsOne(first.Person);
        var channel = isWeb ? DeliveryChannel.Webhook : DeliveryChannel.Email;
        var listed = told.Take(MostListed).ToList();
        var text = rendering.Render(
            MessageKind.Notice, first.AgentLocale,
            new NoticeModel
            {
                TicketNumber = first.TicketId,
                Subject = first.Subject,
                DeskName = desk.Name,
                AgentName = first.AgentName,
                Notices = [.. listed.Select(notice => Entry(notice, language))],
                NoticeCount = Number(told.Count),
                MoreNotices = told.Count > MostListed ? Number(told.Count - MostListed) : null,
                SeveralNotices = told.Count > 1,
            },
            channel);
        var id = Ids.New(now);
        return new OutgoingMessage
        {
            Id = id,
            Effect = $"notice:{first.Id}",
            Kind = MessageKind.Notice,
            Channel = channel,
            SignedAs = isWeb ? WebhookHolder.Notices : null,
            Data = isWeb ? JsonSerializer.Serialize(new MessageData(null, [], [.. listed.Select(Machine)]), JsonConventions.Options) : null,
            Recipient = first.AgentEmail ?? first.Person,
            RecipientName = first.AgentName,
            Locale = text.Locale,
            Subject = text.Subject,
            Text = text.Text,
            Html = text.Html,
            MessageId = ids.Of(id),
        };
    }

    private static string Number(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private MessageNotice Machine(DueNotice notice) => new(
        notice.TicketId, notice.Subject, notice.CustomerName, notice.Kind.ToWord(), notice.PromisedAt, notice.NowPromisedAt, notice.Why.Word(), options.UrlOf(notice.TicketId));

    private NoticeEntry Entry(DueNotice notice, Language language)
    {
        var zone = notice.AgentZone is { } name ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) ?? desk.Zone : desk.Zone;
        return new NoticeEntry
        {
            TicketNumber = notice.TicketId,
            Subject = notice.Subject,
            CustomerName = notice.CustomerName ?? notice.CustomerEmail,
            What = notice.Words is { Length: > 0 } own ? own : language.Owed(notice.Kind.ToWord()),
            OldDate = DateWords.Format(notice.PromisedAt, zone, language),
            NewDate = notice.NowPromisedAt is { } at && at != notice.PromisedAt ? DateWords.Format(at, zone, language) : null,
            Asked = language.Asked(notice.Why.Word()),
            PublicUrl = options.UrlOf(notice.TicketId),
        };
    }
}
