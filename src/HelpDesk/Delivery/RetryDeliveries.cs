using System.ComponentModel.DataAnnotations;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.Delivery;

/// <summary>Which messages to try again: those with these ids, or those that pass a filter.</summary>
/// <param name="Ids">1 to 500 ids. Example: ["0195564e-8a00-7c3d-9b1f-2f4a5c6d7e8f"].</param>
/// <param name="Filter">Given in place of ids.</param>
[Example("""{ "filter": { "state": "dead", "recipientDomain": "example.com", "createdFrom": "2026-03-02T08:00:00Z" } }""")]
public sealed record RetryDeliveriesRequest(
    [property: MinLength(1), MaxLength(500)] IReadOnlyList<Guid>? Ids = null,
    RetryFilter? Filter = null);

/// <summary>What became of the call.</summary>
/// <param name="Retried">How many are due now. Example: 412.</param>
/// <param name="Remaining">How many more pass the filter: call again. Always 0 with ids. Example: 0.</param>
/// <param name="Refused">Those that are not tried again; with a filter, at most 500 of them.</param>
public sealed record RetryDeliveriesResponse(int Retried, int Remaining, IReadOnlyList<RefusedRetry> Refused);

/// <summary>A message that is not tried again.</summary>
/// <param name="Id">Its id. Example: "0195564e-8a00-7c3d-9b1f-2f4a5c6d7e8f".</param>
/// <param name="Type">A stable code: <c>urn:helpdesk:not-found</c>, <c>urn:helpdesk:delivery-not-failed</c> or <c>urn:helpdesk:delivery-expired</c>. Example: "urn:helpdesk:delivery-expired".</param>
/// <param name="Detail">Why not. Example: "What this message says held until 2026-03-02T10:00:00Z; it is not sent any more.".</param>
public sealed record RefusedRetry(Guid Id, string Type, string Detail)
{
    internal static RefusedRetry Of(Guid id, Refusal refusal) => new(id, $"urn:helpdesk:{refusal.Code}", refusal.Message);
}

internal static class RetryDeliveries
{
    /// <summary>How many one call puts back at most: they are one transaction.</summary>
    private const int AtOnce = 10_000;

    private const int MostRefused = 500;

    /// <summary>Try many outgoing messages again</summary>
    /// <remarks>
    /// As for one: failed and dead messages become due now, with all their attempts before them, but for those whose words no longer hold. Named by their ids,
    /// or by a filter: then up to 10,000 a call, oldest first, and `remaining` tells how many are left. Each leaves an event. Answers 200 whatever was refused.
    /// </remarks>
    public static async Task<Ok<RetryDeliveriesResponse>> Handle(
        RetryDeliveriesRequest request, HttpContext http, HelpDeskDb db, DeskClock clock, MailBell bell, Caller caller, CancellationToken cancel)
    {
        if (request.Ids is null == request.Filter is null) throw Refusal.Invalid("ids", "must be given, or filter in its place, and not both");
        var now = await clock.Now(cancel);
        await using var transaction = await db.Begin(cancel);
        var asked = request.Filter is { } filter ? filter.Of(db) : db.Set<Delivery>().Where(row => request.Ids!.Contains(row.Id));
        var found = await asked.AsNoTracking().OrderBy(row => row.Id).Where(row => row.ExpiresAt == null || row.ExpiresAt >= now || request.Ids != null)
            .Select(row => new { row.Id, row.State, row.ExpiresAt }).Take(AtOnce).ToListAsync(cancel);
        var retried = await PutBack(db, [.. found.Select(row => row.Id)], now, caller.Id, http.TraceIdentifier, cancel);
        var refused = request.Ids is { } ids
            ? ids.Distinct().Where(id => !retried.Contains(id)).Select(id => RefusedRetry.Of(id, found.Find(row => row.Id == id) is { } row ? RetryDelivery.Refused(row.State, row.ExpiresAt) : Refusal.NotFound("delivery"))).ToList()
            : [.. (await asked.AsNoTracking().Where(row => row.ExpiresAt < now).OrderBy(row => row.Id).Select(row => new { row.Id, row.State, row.ExpiresAt }).Take(MostRefused).ToListAsync(cancel))
                .Select(row => RefusedRetry.Of(row.Id, RetryDelivery.Refused(row.State, row.ExpiresAt)))];
        var remaining = request.Filter is null || found.Count < AtOnce ? 0 : await asked.CountAsync(row => row.ExpiresAt == null || row.ExpiresAt >= now, cancel);
        await transaction.CommitAsync(cancel);
        RequestTransaction.AfterCommit(bell.Ring);
        return TypedResults.Ok(new RetryDeliveriesResponse(retried.Count, remaining, refused));
    }

    private static async Task<HashSet<Guid>> PutBack(HelpDeskDb db, Guid[] ids, Instant now, string actor, string requestId, CancellationToken cancel)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var command = new NpgsqlCommand(
            """
            with held as materialized (
                select id, state from deliveries
                where id = any ($1) and state in ('failed', 'dead') and (expires_at is null or expires_at >= $2)
                order by id for update)
            update deliveries d set state = 'queued', next_attempt_at = $2, attempts = 0, due_at = null, refused_since = null, ended_at = null
            from held where d.id = held.id returning d.id, held.state, d.ticket_id
            """,
            connection);
        command.Parameters.AddWithValue(ids);
        command.Parameters.AddWithValue(now.ToUtc());
        var events = new List<NewEvent>();
        var retried = new HashSet<Guid>();
        await using (var rows = await command.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel))
            {
                var (id, state) = (rows.GetGuid(0), Conventions.FromWord<DeliveryState>(rows.GetString(1)));
                retried.Add(id);
                events.Add(new("delivery.retried", now, actor, requestId, RetryDelivery.Happened(id, state), rows.IsDBNull(2) ? null : rows.GetInt64(2)));
            }
        }

        await using var batch = connection.CreateBatch();
        EventLog.Append(batch, events);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancel);
        return retried;
    }
}
