using HelpDesk.Database;
using HelpDesk.Time;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace HelpDesk.Webhooks;

/// <summary>How it goes with a webhook. Times are the machine's.</summary>
/// <param name="Pending">How many events wait to be sent, tried before or not.</param>
/// <param name="Failed">How many were given up, and stand in the log.</param>
/// <param name="OldestPendingAt">Since when the one that has waited longest waits; null when none waits.</param>
/// <param name="FailingSince">Since when every attempt has failed; null where the last one was taken.</param>
/// <param name="LastDeliveredAt">When an event was last taken; null when none has been.</param>
public sealed record WebhookHealthResponse(long Pending, long Failed, Instant? OldestPendingAt, Instant? FailingSince, Instant? LastDeliveredAt);

internal static class WebhookHealth
{
    /// <summary>Read how it goes with a webhook</summary>
    /// <remarks>Events that happen while it is paused are taken up once it goes on, and are not counted before.</remarks>
    public static async Task<Ok<WebhookHealthResponse>> Handle(Guid id, HelpDeskDb db, NpgsqlDataSource database, CancellationToken cancel)
    {
        await Webhook.Read(db, id, cancel);
        await using var command = database.JoinedCommand(
            """
            select (select count(*) from webhook_deliveries where webhook_id = $1 and state = 'pending'),
                (select count(*) from webhook_deliveries where webhook_id = $1 and state = 'failed'),
                (select min(created_at) from webhook_deliveries where webhook_id = $1 and state = 'pending'), failing_since, last_delivered_at
            from webhook_progress where webhook_id = $1
            """);
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return TypedResults.Ok(new WebhookHealthResponse(row.GetInt64(0), row.GetInt64(1), At(2), At(3), At(4)));

        Instant? At(int column) => row.IsDBNull(column) ? null : row.GetDateTime(column).ToInstant();
    }
}
