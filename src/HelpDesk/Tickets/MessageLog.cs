using HelpDesk.Database;
using HelpDesk.Deadlines;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>A message about to be written.</summary>
internal sealed record NewMessage(Guid Id, long TicketId, Author Author, string? AuthorId, Visibility Visibility, bool Automated, string Body, Instant At)
{
    /// <summary>The ticket that it was written to, where that has been merged into this one.</summary>
    public long? WrittenOn { get; init; }
}

internal static class MessageLog
{
    public static void Append(NpgsqlBatch batch, IReadOnlyList<NewMessage> messages)
    {
        if (messages.Count == 0) return;
        var command = new NpgsqlBatchCommand(
            """
            insert into messages (id, ticket_id, author, author_id, visibility, automated, body, created_at, written_on)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """);
        new Columns<NewMessage>(command.Parameters, messages)
            .Uuid(row => row.Id)
            .Bigint(row => row.TicketId)
            .Text(row => row.Author.Word())
            .Text(row => row.AuthorId)
            .Text(row => row.Visibility.Word())
            .Boolean(row => row.Automated)
            .Text(row => row.Body)
            .Instant(row => row.At)
            .Bigint(row => row.WrittenOn);
        batch.BatchCommands.Add(command);
    }
}
