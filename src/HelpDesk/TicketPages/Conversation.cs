using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.TicketPages;

/// <summary>A public message.</summary>
internal sealed record Said(Guid Id, Author Author, bool Automated, string Body, Instant At);

/// <summary>
/// What the reader of a page wrote, and was written. Where tickets of two customers are one matter, that is what stood on her own tickets, and what agents wrote
/// once they were one: it was sent to both.
/// </summary>
internal static class Conversation
{
    private const string Visible =
        """
        from messages m join tickets o on o.id = coalesce(m.written_on, m.ticket_id)
        where m.ticket_id = any ($1) and m.visibility = 'public'
            and (o.requester_id = $2 or (m.author = 'agent' and not m.automated and m.created_at > greatest($3, case when o.merged_into_id is not null then o.closed_at end)))
        """;

    /// <summary>The latest, oldest first.</summary>
    public static async Task<IReadOnlyList<Said>> Read(NpgsqlDataSource database, Visit visit, int most, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand($"select m.id, m.author, m.automated, m.body, m.created_at {Visible} order by m.sequence desc limit $4");
        Whose(command, visit);
        new Values(command.Parameters).Bigint(most);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var said = new List<Said>();
        while (await row.ReadAsync(cancel))
        {
            said.Add(new(row.GetGuid(0), Conventions.FromWord<Author>(row.GetString(1)), row.GetBoolean(2), row.GetString(3), row.GetDateTime(4).ToInstant()));
        }

        said.Reverse();
        return said;
    }

    public static async Task<bool> Shows(NpgsqlDataSource database, Visit visit, Guid message, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand($"select exists (select {Visible} and m.id = $4)");
        Whose(command, visit);
        new Values(command.Parameters).Uuid(message);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    private static void Whose(NpgsqlCommand command, Visit visit)
    {
        command.Parameters.Add(new() { Value = new[] { visit.Own.Id, visit.Matter.Id } });
        new Values(command.Parameters).Uuid(visit.Reader.Id).Instant(visit.JoinedAt);
    }
}
