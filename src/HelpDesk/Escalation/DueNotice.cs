using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Escalation;

/// <summary>A notice that is due, with what its person is told of the matter as it stands now.</summary>
internal sealed record DueNotice(
    Guid Id, string Person, Guid? AgentId, NoticeWhy Why, Guid PromiseId, Instant PromisedAt, Instant? NowPromisedAt, bool IsOver,
    long TicketId, string Subject, string? CustomerName, string? CustomerEmail, CommitmentKind Kind, string? Words,
    string? AgentName, string? AgentEmail, string? AgentLocale, string? AgentZone)
{
    /// <summary>An agent who has left, or was deactivated, is not told.</summary>
    public bool IsForNobody => AgentId is not null && AgentEmail is null;

    /// <summary>All that is due for those whose time to be told has come. A commitment that went over to another ticket is told of as it is there.</summary>
    public static async Task<List<DueNotice>> Read(NpgsqlConnection connection, Instant now, int mostPeople, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            with called as materialized (
                select person from notices where delivery_id is null and dropped_at is null and send_at <= $1 group by person order by min(send_at), person limit $2)
            select n.id, n.person, n.agent_id, n.why, n.promise_id, p.promised_at, c.promised_at, c.ended_at is not null,
                c.ticket_id, t.subject, r.name, r.email, c.kind, c.words, a.name, a.email, a.locale, a.time_zone
            from notices n
            join called using (person)
            join commitments c on c.id = n.commitment_id
            join promises p on p.id = n.promise_id
            join tickets t on t.id = c.ticket_id
            join customers r on r.id = t.requester_id
            left join agents a on a.id = n.agent_id and a.active
            where n.delivery_id is null and n.dropped_at is null and n.due_at <= $1
            order by n.person, p.promised_at, c.ticket_id, n.id
            """,
            connection);
        command.Parameters.AddWithValue(now.ToUtc());
        command.Parameters.AddWithValue(mostPeople);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var due = new List<DueNotice>();
        while (await row.ReadAsync(cancel)) due.Add(Of(row));
        return due;
    }

    private static DueNotice Of(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetGuid(2), Conventions.FromWord<NoticeWhy>(row.GetString(3)), row.GetGuid(4),
        row.GetDateTime(5).ToInstant(), row.At(6), row.GetBoolean(7), row.GetInt64(8), row.GetString(9), row.Text(10), row.Text(11),
        Conventions.FromWord<CommitmentKind>(row.GetString(12)), row.Text(13), row.Text(14), row.Text(15), row.Text(16), row.Text(17));
}
