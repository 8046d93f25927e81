using System.Text.Json;
using HelpDesk.Access;
using HelpDesk.Customers;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Events;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web.Json;
using Npgsql;
using NpgsqlTypes;

namespace HelpDesk.Channels;

/// <summary>One message that came back: recorded with its delivery, and where it lasts with its customer.</summary>
internal static class Bounce
{
    private const int MostTicketsToTell = 20;
    private const int MostWords = 500;

    /// <param name="reported">Where anybody may have written the report: the recipients that it names. Unless the message went to one of them, what it says does not last.</param>
    public static async Task<BounceOutcome> Take(
        BounceItem item, TicketDesk desk, Instant now, Caller caller, string requestId, CancellationToken cancel, IReadOnlyList<string>? reported = null)
    {
        await using var work = await TicketWork.Begin(desk, now, caller, cancel);
        var message = item.MessageId is { } id ? await Find(work.Connection, id, cancel) : null;
        if (reported is not null && !reported.Any(name => ReportedRecipient.Is(name, message?.Recipient))) item = item with { Permanent = false };
        var address = CustomerRules.EmailOf(item.Recipient ?? message?.Recipient);
        var customer = address is null ? null : await Ask<Guid>(work.Connection, "select c.id from customer_addresses a join customers c on c.id = a.customer_id where a.email = $1 and c.email = $1", cancel, address);
        if (message is null && customer is null) return new(BounceResult.Unknown, null, null);
        var isLasting = item.Permanent || item.Type == BounceType.Complaint;
        // Tickets before customers, as everybody locks who refers to her from there.
        if (isLasting && customer is { } owed) await work.Lock(await OpenTickets(work.Connection, owed, cancel), cancel);
        var at = Instant.Min(item.At ?? now, now);
        var isNews = message is not null && await Record(work, message, item, isLasting, at, now, caller.Id, requestId, cancel);
        var isMarked = isLasting && customer is { } hers && await Mark(work, hers, address!, at, now, desk.MachineNow, caller.Id, requestId, cancel);
        if (isMarked) Tell(work, item.Type);
        work.LeaveUnchanged();
        await work.Commit(caller.Id, requestId, cancel);
        return new(isMarked ? BounceResult.Marked : isNews ? BounceResult.Recorded : BounceResult.Known, message?.Id, customer);
    }

    private static async Task<Returned?> Find(NpgsqlConnection connection, string messageId, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select id, ticket_id, customer_id, recipient from deliveries where message_id = $1 and channel = 'email'", connection)
        {
            Parameters = { new() { Value = $"<{messageId.Trim().TrimStart('<').TrimEnd('>')}>" } },
        };
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new(row.GetGuid(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.IsDBNull(2) ? null : row.GetGuid(2), row.GetString(3))
            : null;
    }

    private static async Task<long[]> OpenTickets(NpgsqlConnection connection, Guid customer, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            select coalesce(array_agg(id), '{}') from (
                select id from tickets where requester_id = $1 and next_promised_at is not null and status not in ('resolved', 'closed')
                order by next_promised_at limit $2) as owed
            """, connection)
        {
            Parameters = { new() { Value = customer }, new() { Value = MostTicketsToTell } },
        };
        return (long[])(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>What was said first stays, but for a lasting one after one that might have passed.</summary>
    private static async Task<bool> Record(TicketWork work, Returned message, BounceItem item, bool isLasting, Instant at, Instant now, string actor, string requestId, CancellationToken cancel)
    {
        var words = item.Diagnostic is null ? null : SingleLine.Of(item.Diagnostic, MostWords);
        var recorded = await Ask<Guid>(
            work.Connection,
            """
            update deliveries set bounced_at = $2, bounce_type = $3, bounce_permanent = $4, bounce_words = $5
            where id = $1 and (bounced_at is null or ($4 and not bounce_permanent)) returning id
            """,
            cancel, message.Id, at.ToUtc(), item.Type.Word(), isLasting, words);
        if (recorded is null) return false;
        work.Note(new NewEvent("delivery.bounced", now, actor, requestId, Json(new { deliveryId = message.Id, message.CustomerId, type = item.Type, permanent = isLasting }), message.TicketId));
        return true;
    }

    private static async Task<bool> Mark(TicketWork work, Guid customer, string address, Instant at, Instant now, Instant machineNow, string actor, string requestId, CancellationToken cancel)
    {
        var marked = await Ask<Guid>(
            work.Connection,
            """
            update customers set unreachable_since = $3, row_version = row_version + 1, updated_at = greatest(updated_at, $4)
            where id = $1 and email = $2 and unreachable_since is null and erased_at is null returning id
            """,
            cancel, customer, address, at.ToUtc(), now.ToUtc());
        if (marked is null) return false;
        await Outbox.Stop(work.Connection, customer, DeliveryChannel.Email, now, machineNow, cancel);
        var changes = MemberChanges.Between(new { unreachableSince = (Instant?)null }, new { unreachableSince = (Instant?)at });
        work.Note(new NewEvent("customer.updated", now, actor, requestId, Json(new { customerId = customer, changes })));
        return true;
    }

    private static void Tell(TicketWork work, BounceType type)
    {
        foreach (var ticket in work.Tickets)
        {
            work.Tell(ticket, type == BounceType.Complaint
                ? "The customer has called our mail unwanted: nothing more is mailed to her. What is promised here stands; please reach her another way."
                : "Mail to the customer comes back: she is not reached at her address any more. What is promised here stands; please reach her another way.");
        }
    }

    private static string Json(object data) => JsonSerializer.Serialize(data, JsonConventions.Options);

    private static async Task<T?> Ask<T>(NpgsqlConnection connection, string sql, CancellationToken cancel, params object?[] values)
        where T : struct
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(value is null ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text } : new() { Value = value });
        return await command.ExecuteScalarAsync(cancel) is T found ? found : null;
    }

    private sealed record Returned(Guid Id, long? TicketId, Guid? CustomerId, string Recipient);
}
