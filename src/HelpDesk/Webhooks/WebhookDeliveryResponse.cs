using HelpDesk.Database;
using HelpDesk.Events.Feed;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Webhooks;

/// <summary>How far the sending of an event has come.</summary>
public enum WebhookDeliveryState
{
    /// <summary>Waits to be sent, or to be tried again.</summary>
    Pending,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>Given up after three days.</summary>
    Failed,
}

/// <summary>One event for one webhook. Times are the machine's.</summary>
/// <param name="Id">Names it in its address.</param>
/// <param name="MessageId">The webhook-id of its posts: the same at every attempt and every replay of the event.</param>
/// <param name="EventId">The event's id.</param>
/// <param name="EventType">The event's type.</param>
/// <param name="TicketId">The ticket concerned.</param>
/// <param name="State">pending, delivered or failed.</param>
/// <param name="Attempts">How often it was tried, replays included.</param>
/// <param name="CreatedAt">When the event was taken up.</param>
/// <param name="NextAttemptAt">When it is tried next, at the earliest: events of the same ticket go before it. Null when it is over.</param>
/// <param name="EndedAt">When it was taken, or given up; null while it is pending.</param>
/// <param name="LastStatus">The HTTP status of the last answer; null where there was none.</param>
/// <param name="LastError">Why the last attempt failed; null where it was taken, or there was none.</param>
public sealed record WebhookDeliveryResponse(
    Guid Id, string MessageId, long EventId, string EventType, long? TicketId, WebhookDeliveryState State, int Attempts, Instant CreatedAt, Instant? NextAttemptAt,
    Instant? EndedAt, int? LastStatus, string? LastError)
{
    /// <summary>Of <c>webhook_deliveries d</c>, with its last attempt.</summary>
    internal const string Select =
        """
        select d.id, d.event_sequence, d.event_type, d.ticket_id, d.state, d.tries, d.created_at, case d.state when 'pending' then d.next_attempt_at end, d.ended_at, a.status, a.error
        from webhook_deliveries d
            left join webhook_attempts a on a.webhook_id = d.webhook_id and a.event_sequence = d.event_sequence and a.number = d.tries
        """;

    internal static WebhookDeliveryResponse Of(NpgsqlDataReader row)
    {
        return new(
            row.GetGuid(0), OutgoingEvent.MessageId(row.GetInt64(1)), row.GetInt64(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetInt64(3),
            Conventions.FromWord<WebhookDeliveryState>(row.GetString(4)), row.GetInt32(5), row.GetDateTime(6).ToInstant(), At(7), At(8), row.IsDBNull(9) ? null : row.GetInt32(9), row.Text(10));

        Instant? At(int column) => row.IsDBNull(column) ? null : row.GetDateTime(column).ToInstant();
    }
}

/// <summary>One event for one webhook, with what was sent and what came back. Times are the machine's.</summary>
/// <param name="Id">Names it in its address.</param>
/// <param name="MessageId">The webhook-id of its posts: the same at every attempt and every replay of the event.</param>
/// <param name="State">pending, delivered or failed.</param>
/// <param name="CreatedAt">When the event was taken up.</param>
/// <param name="NextAttemptAt">When it is tried next, at the earliest. Null when it is over.</param>
/// <param name="EndedAt">When it was taken, or given up; null while it is pending.</param>
/// <param name="Event">The body of its posts. Where a person was erased since, without what was said of her.</param>
/// <param name="Attempts">Every attempt, the oldest first; the last 100 of more.</param>
public sealed record WebhookDeliveryDetail(
    Guid Id, string MessageId, WebhookDeliveryState State, Instant CreatedAt, Instant? NextAttemptAt, Instant? EndedAt, FeedEvent? Event, IReadOnlyList<WebhookAttempt> Attempts);

/// <summary>One attempt.</summary>
/// <param name="At">When it began. The webhook-timestamp was this, in seconds.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Url">Where it was posted to.</param>
/// <param name="Status">The HTTP status that was answered; null where there was no answer.</param>
/// <param name="Answer">The first 2 kB of what was answered, as text; null where there was no answer.</param>
/// <param name="Error">Why it failed; null where it was taken.</param>
public sealed record WebhookAttempt(Instant At, double Milliseconds, string Url, int? Status, string? Answer, string? Error);
