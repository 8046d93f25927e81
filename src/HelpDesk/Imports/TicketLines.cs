using System.Globalization;
using System.Text.Json;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Time;
using HelpDesk.Web.Json;
using Npgsql;

namespace HelpDesk.Imports;

/// <summary>Tickets as lines of an export: three queries for some of them.</summary>
internal static class TicketLines
{
    /// <summary>Of tickets that no other system has a name for.</summary>
    public const string OwnSource = "helpdesk";

    private const string Nobody = "(erased)";

    private const string Tickets =
        """
        select t.id, t.external_ref, t.external_source, t.subject, t.created_at, t.created_by, t.channel, t.custom_fields::text, t.watchers, t.reason,
            c.email, c.name, c.locale, c.time_zone, t.clock #>> '{statuses,0,status}', t.priority, t.queue, t.category, t.assignee, t.tags
        from tickets t join customers c on c.id = t.requester_id where t.id = any ($1) order by t.id
        """;

    private const string Messages =
        "select ticket_id, id, created_at, author, author_id, visibility, automated, body from messages where ticket_id = any ($1) order by ticket_id, sequence";

    private const string Events =
        """
        select ticket_id, type, at, data::text from events
        where ticket_id = any ($1) and type in ('ticket.created', 'ticket.imported', 'ticket.updated', 'ticket.closed', 'message.created') order by ticket_id, sequence
        """;

    /// <summary>In the order of their numbers, each with its end.</summary>
    public static async Task<IReadOnlyList<byte[]>> Read(NpgsqlConnection connection, long[] ids, CancellationToken cancel)
    {
        await using var batch = connection.CreateBatch();
        foreach (var sql in new[] { Tickets, Messages, Events }) batch.BatchCommands.Add(new(sql) { Parameters = { new NpgsqlParameter<long[]> { TypedValue = ids } } });
        await using var row = await batch.ExecuteReaderAsync(cancel);
        var tickets = new Dictionary<long, LoggedTicket>(ids.Length);
        while (await row.ReadAsync(cancel)) tickets[row.GetInt64(0)] = new LoggedTicket(Ticket(row));
        await row.NextResultAsync(cancel);
        while (await row.ReadAsync(cancel)) tickets[row.GetInt64(0)].Add(row.GetGuid(1), Message(row));
        await row.NextResultAsync(cancel);
        while (await row.ReadAsync(cancel)) tickets[row.GetInt64(0)].Add(row.GetString(1), row.GetDateTime(2).ToInstant(), JsonDocument.Parse(row.GetString(3)).RootElement);
        return [.. tickets.OrderBy(pair => pair.Key).Select(pair => Line(pair.Value.Whole()))];
    }

    private static byte[] Line(ImportedTicket ticket)
    {
        using var line = new MemoryStream();
        JsonSerializer.Serialize(line, ticket, JsonConventions.Options);
        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    private static ImportedTicket Ticket(NpgsqlDataReader row)
    {
        var fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(row.GetString(7))!;
        var (email, name) = (row.Text(10), row.Text(11));
        return new ImportedTicket(
            row.Text(1) ?? row.GetInt64(0).ToString(CultureInfo.InvariantCulture), row.GetString(3), new(email, email is null ? name ?? Nobody : name, row.Text(12), row.Text(13)),
            row.GetDateTime(4).ToInstant())
        {
            ExternalSource = row.IsDBNull(1) ? OwnSource : row.Text(2),
            CreatedBy = Conventions.FromWord<Author>(row.GetString(5)),
            Channel = row.GetString(6),
            CustomFields = fields.Count == 0 ? null : fields,
            Watchers = Some(row.GetFieldValue<string[]>(8)),
            Reason = row.Text(9),
            Status = Conventions.FromWord<TicketStatus>(row.GetString(14)),
            Priority = Conventions.FromWord<Priority>(row.GetString(15)),
            Queue = row.Text(16),
            Category = row.Text(17),
            Assignee = row.Text(18),
            Tags = Some(row.GetFieldValue<string[]>(19)),
        };
    }

    private static HistoryEntry Message(NpgsqlDataReader row) => new(row.GetDateTime(2).ToInstant(), HistoryType.Message)
    {
        Author = Conventions.FromWord<Author>(row.GetString(3)),
        AuthorId = row.Text(4),
        Visibility = row.GetString(5) == "public" ? null : Visibility.Internal,
        Automated = row.GetBoolean(6) ? true : null,
        Body = row.GetString(7),
    };

    public static IReadOnlyList<string>? Some(IReadOnlyList<string>? values) => values is { Count: > 0 } ? values : null;
}
