using HelpDesk.Database;
using HelpDesk.Web;
using Npgsql;
using static HelpDesk.Web.QueryValues;

namespace HelpDesk.Webhooks;

internal static class ListWebhookDeliveries
{
    public static IReadOnlyList<QueryFilter> Filters { get; } =
    [
        QueryFilter.Of<WebhookDeliveryState>("state", "Only those in this state; several are alternatives."),
        new("type", "Only events of this type; several are alternatives.", Example: "promise.broken"),
        new("ticket", "Only events of this ticket.", Example: "42", IsList: false),
    ];

    /// <summary>List what was sent to a webhook, and what waits</summary>
    /// <remarks>By event, the newest first. What has ended is forgotten after 30 days (<c>Webhooks:KeepDeliveries</c>).</remarks>
    public static async Task<Paged<WebhookDeliveryResponse>> Handle(Guid id, Page page, HttpContext http, HelpDeskDb db, NpgsqlDataSource database, CancellationToken cancel)
    {
        var (states, types) = (Words<WebhookDeliveryState>.FromQuery(http.Request, "state"), Texts(http.Request, "type"));
        var ticket = Ticket(http.Request);
        var isAfter = page.After(out long last);
        await Webhook.Read(db, id, cancel);
        await using var command = database.JoinedCommand(
            $"""
            {WebhookDeliveryResponse.Select}
            where d.webhook_id = $1 {(isAfter ? "and d.event_sequence < $2" : "and $2::bigint is null")} {(states is [var one] ? $"and d.state = '{one.Word()}' and $3::text[] is not null" : "and ($3::text[] is null or d.state = any ($3))")}
                and ($4::text[] is null or d.event_type = any ($4)) and ($5::bigint is null or d.ticket_id = $5)
            order by d.event_sequence desc limit $6
            """);
        new Values(command.Parameters).Uuid(id).Bigint(isAfter ? last : null)
            .Texts(states is { Length: > 0 } ? [.. states.Select(state => state.Word())] : null).Texts(types is { Length: > 0 } ? types : null).Bigint(ticket).Integer(page.Take);
        var found = new List<WebhookDeliveryResponse>();
        await using (var rows = await command.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel)) found.Add(WebhookDeliveryResponse.Of(rows));
        }

        return page.Of(found, delivery => delivery.EventId);
    }

    private static long? Ticket(HttpRequest request) =>
        request.Query["ticket"] is not [{ Length: > 0 } text] ? null
        : long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var ticket) ? ticket
        : throw Refusal.Invalid("ticket", "must be the number of a ticket");
}
