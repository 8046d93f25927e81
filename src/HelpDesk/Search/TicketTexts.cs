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

    /// <summary>Of many tickets, with all their messages; stands after both.</summary>
    public static void AppendMany(NpgsqlBatch batch, IReadOnlyList<TicketText> texts)
    {
        if (texts.Count == 0) return;
        var command = new NpgsqlBatchCommand(
            """
            with given as (select * from unnest($1, $2, $3, $4) as n (ticket_id, language, subject, bodies)),
            used as (insert into search_languages (language) select distinct language from given order by language on conflict do nothing)
            insert into ticket_texts (ticket_id, language, document)
            select ticket_id, language, search_document(ticket_id, language, subject, array(select jsonb_array_elements_text(bodies))) from given
            """);
        new Columns<TicketText>(command.Parameters, texts)
            .Bigint(text => text.TicketId)
            .Text(text => text.Language)
            .Text(text => text.Subject)
            .Json(text => System.Text.Json.JsonSerializer.Serialize(text.Bodies));
        batch.BatchCommands.Add(command);
    }
}

/// <summary>What is found of a ticket.</summary>
internal sealed record TicketText(long TicketId, string Language, string Subject, IReadOnlyList<string> Bodies);
