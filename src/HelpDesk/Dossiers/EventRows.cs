using System.Text.Json.Nodes;
using HelpDesk.Database;
using Npgsql;

namespace HelpDesk.Dossiers;

/// <summary>What the log of events says of a customer: that it happened, when and by whom stays.</summary>
internal static class EventRows
{
    private const int AtOnce = 1000;

    public static async Task Blank(NpgsqlConnection connection, Guid id, string[] addresses, CancellationToken cancel)
    {
        // The log is append-only but for this.
        await using (var allow = new NpgsqlCommand("select set_config('helpdesk.erasing', 'on', true)", connection)) await allow.ExecuteNonQueryAsync(cancel);
        long? last = 0;
        while (last is { } after)
        {
            var rows = await Read(connection, id, addresses, after, cancel);
            if (rows.Count > 0)
            {
                await Write(connection, rows, cancel);
                await ForgetAnswers(connection, [.. rows.Select(row => row.Sequence)], cancel);
            }

            last = rows.Count == AtOnce ? rows[^1].Sequence : null;
        }

        await using var forbid = new NpgsqlCommand("select set_config('helpdesk.erasing', 'off', true)", connection);
        await forbid.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Of her tickets, of herself, and of those who were merged into her. What the clocks did says nothing of her.</summary>
    private static async Task<IReadOnlyList<Row>> Read(NpgsqlConnection connection, Guid id, string[] addresses, long after, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"""
            {Hers.With}
            select sequence, data::text from (
                -- But for what others wrote there, and for what they were offered besides her.
                select sequence, data from events e where ticket_id in (select id from hers) and commitment_id is null
                    and not (type = 'message.created' and exists (select from messages m where m.id = (e.data ->> 'messageId')::uuid and m.id not in ({Hers.Messages})))
                    and not (type = 'remedy.offered' and exists (select from shared s where s.id = e.ticket_id and s.at < e.at))
                union
                select sequence, data from events where data ? 'customerId'
                    and data ->> 'customerId' in (select $1::text union all select id::text from customer_merges where into_id = $1)
                union
                -- What she wrote to tickets of hers that had been merged into others' by then.
                select e.sequence, e.data from events e join messages m on m.ticket_id = e.ticket_id
                where m.written_on in (select id from tickets where requester_id = $1) and e.type = 'message.created' and e.data ->> 'messageId' = m.id::text
                union
                -- Files that she mailed to others' tickets.
                select e.sequence, e.data from attachments f join events e on e.ticket_id = f.ticket_id
                where f.message_id in ({Hers.Notes}) and e.type = 'attachment.created' and e.data ->> 'attachmentId' = f.id::text
                union
                -- Others' tickets that she watches, or watched once, or wrote to: events that name her address.
                select e.sequence, e.data from events e join unnest($2) as a (email) on position(to_json(a.email)::text in lower(e.data::text)) > 0
                where e.data -> 'changes' ? 'watchers' or lower(e.data ->> 'authorId') = a.email) as hers
            where sequence > $3 order by sequence limit $4
            """, connection)
        {
            Parameters = { new() { Value = id }, new() { Value = addresses }, new() { Value = after }, new() { Value = AtOnce } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<Row>();
        while (await reader.ReadAsync(cancel)) rows.Add(new Row(reader.GetInt64(0), (JsonObject)JsonNode.Parse(reader.GetString(1))!));
        return rows;
    }

    private static async Task Write(NpgsqlConnection connection, IReadOnlyList<Row> rows, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("update events set data = new.data from unnest($1, $2) as new (sequence, data) where events.sequence = new.sequence", connection);
        new Columns<Row>(command.Parameters, rows).Bigint(row => row.Sequence).Json(row => Redaction.Of(row.Data).ToJsonString());
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>
    /// What receivers of the events answered may repeat what they were sent, also an answer that is still to come: whoever waits for it has no lease any more when it comes, and records
    /// nothing. What was leased is posted once more when the lease is over, as it is now.
    /// </summary>
    private static async Task ForgetAnswers(NpgsqlConnection connection, long[] sequences, CancellationToken cancel)
    {
        await using var batch = connection.CreateBatch();
        // Those that nobody has are held until this is over, so that nobody takes them up as they were.
        foreach (var sql in new[]
        {
            """
            update webhook_deliveries d set lease_id = case when d.lease_id is not null then gen_random_uuid() end
            from webhooks w cross join unnest($1) as e (sequence) where d.webhook_id = w.id and d.event_sequence = e.sequence and d.state = 'pending'
            """,
            """
            update webhook_attempts a set answer = '(erased)'
            from webhooks w cross join unnest($1) as e (sequence) where a.webhook_id = w.id and a.event_sequence = e.sequence and a.answer <> ''
            """,
        })
        {
            batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = sequences } } });
        }

        await batch.ExecuteNonQueryAsync(cancel);
    }

    private sealed record Row(long Sequence, JsonObject Data);
}
