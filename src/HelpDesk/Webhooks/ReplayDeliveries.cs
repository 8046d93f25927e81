using System.ComponentModel.DataAnnotations;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Events.Feed;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace HelpDesk.Webhooks;

/// <summary>What to send again: one of deliveryIds, failed, or from and to.</summary>
/// <param name="DeliveryIds">1 to 500 deliveries of this webhook. Example: ["0195564e-8a00-7c3d-9b1f-2f4a5c6d7e8f"].</param>
/// <param name="Failed">True: all that was given up. Example: true.</param>
/// <param name="From">All events that happened at this instant or later, of the types and queues that the webhook has now, whether they were sent before or not. Example: "2026-03-02T08:00:00Z".</param>
/// <param name="To">And before this one. Example: "2026-03-03T08:00:00Z".</param>
[Example("""{ "from": "2026-03-02T08:00:00Z", "to": "2026-03-03T08:00:00Z" }""")]
public sealed record ReplayRequest(
    [property: MinLength(1), MaxLength(500)] IReadOnlyList<Guid>? DeliveryIds = null,
    bool Failed = false,
    Instant? From = null,
    Instant? To = null);

/// <summary>What became of the call.</summary>
/// <param name="Replayed">How many wait to be sent again. Those that were waiting anyway are not counted. Example: 412.</param>
/// <param name="Remaining">Of failed: how many are left, call again. Else 0. Example: 0.</param>
public sealed record ReplayResponse(long Replayed, long Remaining);

internal static class ReplayDeliveries
{
    /// <summary>One call is one transaction.</summary>
    private const int Most = 100_000;

    private const string Again = "state = 'pending', next_attempt_at = $2, attempts = 0, first_failed_at = null, ended_at = null, lease_id = null, leased_until = null";

    /// <summary>Send events again</summary>
    /// <remarks>
    /// Each under the webhook-id that it had, so that a receiver who took it before knows it again. Each ticket's are sent in order, before later ones of it that wait. Up to 100,000 a call: failed ones oldest first, with the rest
    /// told in <c>remaining</c>; a time with more of them is refused (422, too-many-events). While the webhook is paused they wait.
    /// </remarks>
    public static async Task<Ok<ReplayResponse>> Handle(
        Guid id, ReplayRequest request, HttpContext http, HelpDeskDb db, WebhookBell bell, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        Check(request);
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var webhook = await Webhook.Hold(db, id, cancel);
        var replay = new Replay(transaction.Connection, webhook, clock.MachineNow);
        var replayed = request.DeliveryIds is { } ids ? await replay.These([.. ids.Distinct()], cancel)
            : request.Failed ? await replay.Failed(cancel)
            : await replay.Between(request.From!.Value, request.To!.Value, cancel);
        var remaining = request.Failed && replayed == Most ? await replay.CountFailed(cancel) : 0;
        db.Add(Event.Of("webhook.replayed", now, caller.Id, http.TraceIdentifier, new { webhookId = id, replayed, request.DeliveryIds, request.Failed, request.From, request.To }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        RequestTransaction.AfterCommit(bell.Ring);
        return TypedResults.Ok(new ReplayResponse(replayed, remaining));
    }

    private static void Check(ReplayRequest request)
    {
        if (new[] { request.DeliveryIds is not null, request.Failed, request.From is not null || request.To is not null }.Count(given => given) != 1)
        {
            throw Refusal.Invalid("deliveryIds", "must be given, or failed, or from and to, and only one of these");
        }

        if (request is { From: not null, To: null }) throw Refusal.Invalid("to", "is required with from");
        if (request is { From: null, To: not null }) throw Refusal.Invalid("from", "is required with to");
        if (request.To <= request.From) throw Refusal.Invalid("to", "must be later than from");
    }

    private sealed class Replay(NpgsqlConnection connection, Webhook webhook, Instant machineNow)
    {
        public async Task<long> These(Guid[] ids, CancellationToken cancel)
        {
            await using var command = Command(
                $"""
                with asked as materialized (select event_sequence, state from webhook_deliveries where webhook_id = $1 and id = any ($3) order by event_sequence for update),
                again as (
                    update webhook_deliveries d set {Again} from asked
                    where d.webhook_id = $1 and d.event_sequence = asked.event_sequence and (d.state <> 'pending' or d.next_attempt_at > $2))
                select count(*), count(*) filter (where state <> 'pending') from asked
                """);
            command.Parameters.AddWithValue(ids);
            await using var row = await command.ExecuteReaderAsync(cancel);
            await row.ReadAsync(cancel);
            return row.GetInt64(0) == ids.Length ? row.GetInt64(1) : throw Refusal.Impossible("unknown-delivery", "Not all of deliveryIds are deliveries of this webhook that are still known.");
        }

        public async Task<long> Failed(CancellationToken cancel)
        {
            await using var command = Command(
                $"""
                with asked as materialized (
                    select event_sequence from webhook_deliveries where webhook_id = $1 and state = 'failed' order by event_sequence limit {Most} for update)
                update webhook_deliveries d set {Again} from asked where d.webhook_id = $1 and d.event_sequence = asked.event_sequence
                """);
            return await command.ExecuteNonQueryAsync(cancel);
        }

        public async Task<long> CountFailed(CancellationToken cancel)
        {
            await using var command = new NpgsqlCommand("select count(*) from webhook_deliveries where webhook_id = $1 and state = 'failed'", connection);
            command.Parameters.AddWithValue(webhook.Id);
            return (long)(await command.ExecuteScalarAsync(cancel))!;
        }

        /// <summary>From the log of events itself: what was forgotten, or never wanted before, is there too.</summary>
        public async Task<long> Between(Instant from, Instant to, CancellationToken cancel)
        {
            var events = await Events(from, to, cancel);
            if (events.Count > Most) throw Refusal.Impossible("too-many-events", $"More than {Most} events of this webhook happened in that time. Ask for a shorter one.");
            if (events.Count == 0) return 0;
            await using var command = EnqueueEvents.Command(
                connection, webhook.Id, events, machineNow,
                $"""
                on conflict (webhook_id, event_sequence) do update set {Again.Replace("$2", "excluded.next_attempt_at", StringComparison.Ordinal)}
                where webhook_deliveries.state <> 'pending'
                """);
            return await command.ExecuteNonQueryAsync(cancel);
        }

        private async Task<List<NewDelivery>> Events(Instant from, Instant to, CancellationToken cancel)
        {
            await using var command = new NpgsqlCommand(
                $"""
                select e.sequence, e.type, e.ticket_id from events e left join tickets t on t.id = e.ticket_id
                where e.at >= $1 and e.at < $2 and e.type = any ($3) and ($4::text[] is null or t.queue = any ($4))
                order by e.sequence limit {Most} + 1
                """,
                connection);
            new Values(command.Parameters).Instant(from).Instant(to).Texts(TypeChoice.Names(webhook.Types) ?? []).Texts(webhook.Queues.Count == 0 ? null : webhook.Queues);
            var events = new List<NewDelivery>();
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel)) events.Add(new(rows.GetInt64(0), rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetInt64(2)));
            return events;
        }

        private NpgsqlCommand Command(string sql)
        {
            var command = new NpgsqlCommand(sql, connection);
            new Values(command.Parameters).Uuid(webhook.Id).Instant(machineNow);
            return command;
        }
    }
}
