using System.Text.Json;
using HelpDesk.Database;
using HelpDesk.Events.Feed;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace HelpDesk.Webhooks;

internal static class ReadWebhookDelivery
{
    private const int MostAttempts = 100;

    /// <summary>Read what was sent, and what came back</summary>
    public static async Task<Ok<WebhookDeliveryDetail>> Handle(Guid id, Guid deliveryId, NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand($"{WebhookDeliveryResponse.Select} where d.webhook_id = $1 and d.id = $2");
        new Values(command.Parameters).Uuid(id).Uuid(deliveryId);
        WebhookDeliveryResponse delivery;
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            if (!await row.ReadAsync(cancel)) throw Refusal.NotFound("delivery of this webhook");
            delivery = WebhookDeliveryResponse.Of(row);
        }

        return TypedResults.Ok(new WebhookDeliveryDetail(
            delivery.Id, delivery.MessageId, delivery.State, delivery.CreatedAt, delivery.NextAttemptAt, delivery.EndedAt,
            await Event(delivery.EventId, database, cancel), await Attempts(id, delivery.EventId, database, cancel)));
    }

    private static async Task<FeedEvent?> Event(long sequence, NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand($"select {OutgoingEvent.Columns} from events e where e.sequence = $1");
        command.Parameters.AddWithValue(sequence);
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel)) return null;
        var found = OutgoingEvent.Read(row, 0);
        return new(
            found.Sequence, found.Type, FeedRow.Version, found.At, found.Actor, found.RequestId, found.TicketId, found.CommitmentId, found.PromiseId,
            JsonDocument.Parse(found.Data).RootElement);
    }

    private static async Task<IReadOnlyList<WebhookAttempt>> Attempts(Guid id, long sequence, NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand(
            "select at, took, url, status, answer, error from webhook_attempts where webhook_id = $1 and event_sequence = $2 order by number desc limit $3");
        new Values(command.Parameters).Uuid(id).Bigint(sequence).Integer(MostAttempts);
        var attempts = new List<WebhookAttempt>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            attempts.Add(new(
                rows.GetDateTime(0).ToInstant(), rows.GetInt64(1) / 1000.0, rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetInt32(3), rows.Text(4), rows.Text(5)));
        }

        attempts.Reverse();
        return attempts;
    }
}
