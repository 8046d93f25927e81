using HelpDesk.Database;
using Npgsql;

namespace HelpDesk.Search;

/// <summary>What is found by full text: a ticket's subject and messages. Only its opening is written here; changes follow by the tables' own triggers.</summary>
internal static class TicketTexts
{
    /// <summary>Stands after the ticket and its first message.</summary>
    public static void Append(NpgsqlBatch batch, long ticketId, string language, string subject, string? body)
    {
        var command = new NpgsqlBatchCommand(
            """
            with used as (insert into search_languages (language) values ($2) on conflict do nothing)
            insert into ticket_texts (ticket_id, language, document) values ($1, $2, search_document($1, $2, $3, $4))
            """);
        new Values(command.Parameters).Bigint(ticketId).Text(language).Text(subject).Texts(body is null ? [] : [body]);
        batch.BatchCommands.Add(command);
    }
}
