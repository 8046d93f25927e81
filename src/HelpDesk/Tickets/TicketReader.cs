using HelpDesk.Access;
using HelpDesk.Commitments;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Policies;
using HelpDesk.Time;
using Npgsql;
using NpgsqlTypes;

namespace HelpDesk.Tickets;

/// <summary>Reads tickets with their customers and ledgers in one round trip, however many.</summary>
internal sealed class TicketReader(LedgerReader ledgers, PolicyShelf policies, DeskSettings desk)
{
    private static readonly ForIds Select = new(
        $"""
        select t.id, t.row_version, t.subject, t.channel, t.queue, t.category, t.tags, t.custom_fields::text, t.external_ref, t.created_by, t.assignee, t.reason,
            t.public_token, t.continues_id, t.policy_id, t.policy_version, t.calendar_id, t.calendar_version, t.clock::text, t.priority, t.created_at,
            t.updated_at, t.resolved_at, t.closed_at,
            {RequesterRow.Columns}, t.organisation_id, t.external_source, t.watchers, t.merged_into_id,
            case when not t.page_revoked then coalesce(t.page_token, t.public_token) end
        from tickets t join customers c on c.id = t.requester_id left join organisations o on o.id = c.organisation_id
        where t.id = any ($1) and ($2::text[] is null or t.queue = any ($2)) order by t.id
        """);

    /// <summary>The requesters of tickets that were merged, other than the surviving ticket's own, each once.</summary>
    private static readonly ForIds Merged = new(
        $"""
        select distinct on (m.merged_into_id, c.id) m.merged_into_id, m.id, m.subject, m.public_token,
            case when not m.page_revoked then coalesce(m.page_token, m.public_token) end, {RequesterRow.Columns}
        from tickets m join tickets t on t.id = m.merged_into_id join customers c on c.id = m.requester_id left join organisations o on o.id = c.organisation_id
        where m.merged_into_id = any ($1) and m.requester_id <> t.requester_id order by m.merged_into_id, c.id, m.id
        """);

    private static readonly ForIds Hold = new("select 1 from tickets where id = any ($1) and ($2::text[] is null or queue = any ($2)) order by id for no key update");

    /// <summary>
    /// For writing: the rows stay locked until the transaction ends. Ids that do not exist, or are not the caller's to see, are left out. Whoever only refers to the ticket (one that
    /// continues it, a delivery) does not wait.
    /// </summary>
    public Task<List<Ticket>> Lock(NpgsqlConnection connection, long[] ids, Caller caller, CancellationToken cancel) => Read(connection, ids, caller, held: true, cancel);

    /// <summary>For reading. Ids that do not exist, or are not the caller's to see, are left out.</summary>
    public async Task<List<Ticket>> Read(NpgsqlDataSource database, long[] ids, Caller caller, CancellationToken cancel)
    {
        if (RequestTransaction.Current is { } request) return await Read(request.Connection, ids, caller, held: false, cancel);
        await using var connection = await database.OpenConnectionAsync(cancel);
        return await Read(connection, ids, caller, held: false, cancel);
    }

    private async Task<List<Ticket>> Read(NpgsqlConnection connection, long[] ids, Caller caller, bool held, CancellationToken cancel)
    {
        await using var batch = connection.CreateBatch();
        // Held before they are read, in a statement of its own: one that had to wait would read the customer as she was before.
        if (held) batch.BatchCommands.Add(Seen(Hold, ids, caller));
        batch.BatchCommands.Add(Seen(Select, ids, caller));
        if (held) batch.BatchCommands.Add(Merged.Command(ids));
        // Last: who reads the ledgers closes the reader.
        LedgerReader.Ask(batch, ids);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        if (held) await reader.NextResultAsync(cancel);
        var rows = new List<Row>();
        while (await reader.ReadAsync(cancel)) rows.Add(Row.Of(reader));
        var others = !held ? null : await Others(reader, cancel);
        await reader.NextResultAsync(cancel);
        var stored = await ledgers.Read(reader, connection, cancel);
        var tickets = new List<Ticket>(rows.Count);
        foreach (var row in rows) tickets.Add(await Whole(row, stored[row.Id], connection, cancel));
        foreach (var ticket in tickets) ticket.AlsoPromised = others is null ? [] : [.. others[ticket.Id]];
        return tickets;
    }

    private static async Task<ILookup<long, Addressee>> Others(NpgsqlDataReader reader, CancellationToken cancel)
    {
        await reader.NextResultAsync(cancel);
        var others = new List<(long Into, Addressee Other)>();
        while (await reader.ReadAsync(cancel))
        {
            others.Add((reader.GetInt64(0), new Addressee(RequesterRow.Read(reader, 5), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.Text(4))));
        }

        return others.ToLookup(row => row.Into, row => row.Other);
    }

    private static NpgsqlBatchCommand Seen(ForIds sql, long[] ids, Caller caller)
    {
        var command = sql.Command(ids);
        command.Parameters.Add(new() { Value = caller.Queues is { } queues ? queues.ToArray() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return command;
    }

    private async Task<Ticket> Whole(Row row, IEnumerable<StoredCommitment> stored, NpgsqlConnection connection, CancellationToken cancel)
    {
        var policy = row.Rules is { } key ? await policies.Get(key, connection, cancel) : null;
        var commitments = stored.ToList();
        var clock = ClockDocument.Read(
            row.Clock, row.Priority, row.CreatedAt, row.ResolvedAt, policy?.Rules, row.Requester.Quiet(desk.Zone), commitments.Select(item => item.Commitment));
        var ledger = new Ledger(row.Id, clock);
        foreach (var (id, commitment, entries) in commitments)
        {
            ledger.Known(id, commitment.Kind, commitment.Cycle);
            for (var index = 0; index < entries.Count; index++) ledger.Known(entries[index], commitment.Kind, commitment.Cycle, index + 1);
        }

        return new Ticket
        {
            Id = row.Id,
            RowVersion = row.RowVersion,
            Subject = row.Subject,
            Channel = row.Channel,
            Queue = row.Queue,
            Category = row.Category,
            Tags = row.Tags,
            CustomFields = row.CustomFields,
            ExternalRef = row.ExternalRef,
            ExternalSource = row.ExternalSource,
            Watchers = row.Watchers,
            CreatedBy = row.CreatedBy,
            Assignee = row.Assignee,
            Reason = row.Reason,
            PublicToken = row.PublicToken,
            PageToken = row.PageToken,
            ContinuesId = row.ContinuesId,
            MergedIntoId = row.MergedIntoId,
            Policy = policy,
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
            ClosedAt = row.ClosedAt,
            Requester = row.Requester,
            OrganisationId = row.OrganisationId,
            Ledger = ledger,
        };
    }

    private sealed record Row(
        long Id, long RowVersion, string Subject, string Channel, string? Queue, string? Category, string[] Tags, string CustomFields, string? ExternalRef,
        Author CreatedBy, string? Assignee, string? Reason, string PublicToken, long? ContinuesId, RulesKey? Rules, string Clock, Priority Priority,
        Instant CreatedAt, Instant UpdatedAt, Instant? ResolvedAt, Instant? ClosedAt, Requester Requester, Guid? OrganisationId,
        string? ExternalSource, string[] Watchers, long? MergedIntoId, string? PageToken)
    {
        public static Row Of(NpgsqlDataReader row) => new(
            row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.Text(4), row.Text(5), row.GetFieldValue<string[]>(6), row.GetString(7),
            row.Text(8), Conventions.FromWord<Author>(row.GetString(9)), row.Text(10), row.Text(11), row.GetString(12),
            row.IsDBNull(13) ? null : row.GetInt64(13),
            row.IsDBNull(14) ? null : new RulesKey(row.GetGuid(14), row.GetInt32(15), row.GetGuid(16), row.GetInt32(17)),
            row.GetString(18), Conventions.FromWord<Priority>(row.GetString(19)), row.GetDateTime(20).ToInstant(), row.GetDateTime(21).ToInstant(),
            row.At(22), row.At(23), RequesterRow.Read(row, 24), row.IsDBNull(39) ? null : row.GetGuid(39),
            row.Text(40), row.GetFieldValue<string[]>(41), row.IsDBNull(42) ? null : row.GetInt64(42), row.Text(43));
    }
}
