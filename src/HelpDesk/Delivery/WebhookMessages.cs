using System.Text.Json;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Web.Json;

namespace HelpDesk.Delivery;

/// <summary>Messages to customers as posts. The body is the same at every attempt; what is signed with is what is good at the moment.</summary>
internal sealed class WebhookMessages(IWebhookDoor door, WebhookSecrets secrets)
{
    /// <summary>As <see cref="IMailDoor.Send"/>. What receivers answer to a post they took is not kept.</summary>
    public async Task<string?> Send(OutgoingMail message, CancellationToken cancel)
    {
        await door.Post(new OutgoingWebhook(new Uri(message.Recipient), message.Id.ToString(), Body(message), await secrets.Signing(message.SignedAs!, cancel)), cancel);
        return null;
    }

    private static byte[] Body(OutgoingMail message)
    {
        var data = JsonSerializer.Deserialize<MessageData>(message.Data!, JsonConventions.Options)!;
        object said = data.Notices is { } notices
            ? new { DeliveryId = message.Id, Kind = message.Kind.Word(), message.Locale, message.Subject, message.Text, message.Html, Notices = notices }
            : new
            {
                DeliveryId = message.Id, message.TicketId, message.CustomerId, Kind = message.Kind.Word(), message.Locale, message.Subject, message.Text, message.Html,
                data.PublicUrl, data.Promises,
            };
        return JsonSerializer.SerializeToUtf8Bytes(new { Type = message.Kind.Word(), Timestamp = message.QueuedAt, Data = said }, JsonConventions.Options);
    }
}
