using HelpDesk.Database;
using Npgsql;
using NpgsqlTypes;

namespace HelpDesk.Tickets;

/// <summary>Writes the rows of tickets that were locked and changed: one command, however many. Every write raises the version.</summary>
internal static class TicketWriter
{
    public static void Append(NpgsqlBatch batch, IReadOnlyList<Ticket> tickets, Instant now, Duration closeAfter)
    {
        var command = new NpgsqlBatchCommand(
            """
            update tickets t set
                row_version = t.row_version + 1, subject = n.subject, status = n.status, priority = n.priority, queue = n.queue, category = n.category,
                tags = array(select jsonb_array_elements_text(n.tags)), custom_fields = n.custom_fields, external_ref = n.external_ref, assignee = n.assignee,
                external_source = n.external_source, watchers = array(select jsonb_array_elements_text(n.watchers)),
                reason = n.reason, policy_id = n.policy_id, policy_version = n.policy_version, calendar_id = n.calendar_id,
                calendar_version = n.calendar_version, clock = n.clock, next_promised_at = n.next_promised_at, resolved_at = n.resolved_at,
                closed_at = n.closed_at, merged_into_id = n.merged_into_id, close_at = n.close_at, updated_at = $25, states = n.states
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24) as n (id, subject, status, priority, queue,
                category, tags, custom_fields, external_ref, assignee, reason, policy_id, policy_version, calendar_id, calendar_version, clock,
                next_promised_at, resolved_at, closed_at, external_source, watchers, merged_into_id, close_at, states)
            where t.id = n.id
            """);
        new Columns<Ticket>(command.Parameters, tickets)
            .Bigint(ticket => ticket.Id)
            .Text(ticket => ticket.Subject)
            .Text(ticket => ticket.Status.Word())
            .Text(ticket => ticket.Priority.Word())
            .Text(ticket => ticket.Queue)
            .Text(ticket => ticket.Category)
            .Json(ticket => System.Text.Json.JsonSerializer.Serialize(ticket.Tags))
            .Json(ticket => ticket.CustomFields)
            .Text(ticket => ticket.ExternalRef)
            .Text(ticket => ticket.Assignee)
            .Text(ticket => ticket.Reason)
            .Uuid(ticket => ticket.Policy?.Key.PolicyId)
            .Integer(ticket => ticket.Policy?.Key.PolicyVersion)
            .Uuid(ticket => ticket.Policy?.Key.CalendarId)
            .Integer(ticket => ticket.Policy?.Key.CalendarVersion)
            .Json(ticket => ClockDocument.Write(ticket.Clock))
            .Instant(ticket => ticket.NextPromise?.Promise.PromisedAt)
            .Instant(ticket => ticket.Clock.ResolvedAt)
            .Instant(ticket => ticket.ClosedAt)
            .Text(ticket => ticket.ExternalSource)
            .Json(ticket => System.Text.Json.JsonSerializer.Serialize(ticket.Watchers))
            .Bigint(ticket => ticket.MergedIntoId)
            .Instant(ticket => ticket.CloseAt(closeAfter))
            .Integer(ticket => StateFilter.BitsOf(ticket.Clock.Commitments));
        command.Parameters.Add(new() { Value = now.ToDateTimeUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        batch.BatchCommands.Add(command);
    }

    /// <summary>Tickets that come with their past: one command, however many. Each is written as it stands by now.</summary>
    public static void AppendNew(NpgsqlBatch batch, IReadOnlyList<Ticket> tickets, Duration closeAfter)
    {
        if (tickets.Count == 0) return;
        var command = new NpgsqlBatchCommand(
            """
            insert into tickets (id, row_version, subject, status, priority, channel, queue, category, tags, custom_fields, external_ref, external_source, created_by, requester_id,
                organisation_id, assignee, reason, public_token, policy_id, policy_version, calendar_id, calendar_version, clock, next_promised_at, created_at, updated_at, resolved_at,
                closed_at, close_at, watchers, states)
            select id, 1, subject, status, priority, channel, queue, category, array(select jsonb_array_elements_text(tags)), custom_fields, external_ref, external_source, created_by,
                requester_id, organisation_id, assignee, reason, public_token, policy_id, policy_version, calendar_id, calendar_version, clock, next_promised_at, created_at, updated_at,
                resolved_at, closed_at, close_at, array(select jsonb_array_elements_text(watchers)), states
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30)
                as n (id, subject, status, priority, channel, queue, category, tags, custom_fields, external_ref, external_source, created_by, requester_id, organisation_id, assignee,
                    reason, public_token, policy_id, policy_version, calendar_id, calendar_version, clock, next_promised_at, created_at, updated_at, resolved_at, closed_at, close_at,
                    watchers, states)
            """);
        new Columns<Ticket>(command.Parameters, tickets)
            .Bigint(ticket => ticket.Id)
            .Text(ticket => ticket.Subject)
            .Text(ticket => ticket.Status.Word())
            .Text(ticket => ticket.Priority.Word())
            .Text(ticket => ticket.Channel)
            .Text(ticket => ticket.Queue)
            .Text(ticket => ticket.Category)
            .Json(ticket => System.Text.Json.JsonSerializer.Serialize(ticket.Tags))
            .Json(ticket => ticket.CustomFields)
            .Text(ticket => ticket.ExternalRef)
            .Text(ticket => ticket.ExternalSource)
            .Text(ticket => ticket.CreatedBy.Word())
            .Uuid(ticket => ticket.Requester.Id)
            .Uuid(ticket => ticket.OrganisationId)
            .Text(ticket => ticket.Assignee)
            .Text(ticket => ticket.Reason)
            .Text(ticket => ticket.PublicToken)
            .Uuid(ticket => ticket.Policy?.Key.PolicyId)
            .Integer(ticket => ticket.Policy?.Key.PolicyVersion)
            .Uuid(ticket => ticket.Policy?.Key.CalendarId)
            .Integer(ticket => ticket.Policy?.Key.CalendarVersion)
            .Json(ticket => ClockDocument.Write(ticket.Clock))
            .Instant(ticket => ticket.NextPromise?.Promise.PromisedAt)
            .Instant(ticket => ticket.CreatedAt)
            .Instant(ticket => ticket.UpdatedAt)
            .Instant(ticket => ticket.Clock.ResolvedAt)
            .Instant(ticket => ticket.ClosedAt)
            .Instant(ticket => ticket.CloseAt(closeAfter))
            .Json(ticket => System.Text.Json.JsonSerializer.Serialize(ticket.Watchers))
            .Integer(ticket => StateFilter.BitsOf(ticket.Clock.Commitments));
        batch.BatchCommands.Add(command);
    }
}
