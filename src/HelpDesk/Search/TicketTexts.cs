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

    /// <summary>For the transaction: messages come with their tickets, and <see cref="AppendMany"/> stands after both.</summary>
    public static void Follow(NpgsqlBatch batch) => batch.BatchCommands.Add(new("select set_config('helpdesk.texts_follow', 'on', true)"));

    /// <summary>What is found of many tickets, with all their messages. It needs no transaction, and is most of the work.</summary>
    public static async Task<IReadOnlyList<TicketDocument>> Read(NpgsqlConnection connection, IReadOnlyList<TicketText> texts, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            select search_document(ticket_id, language, subject, array(select jsonb_array_elements_text(bodies)))::text
            from unnest($1, $2, $3, $4) with ordinality as n (ticket_id, language, subject, bodies, place) order by place
            """, connection);
        new Columns<TicketText>(command.Parameters, texts)
            .Bigint(text => text.TicketId)
            .Text(text => text.Language)
            .Text(text => text.Subject)
            .Json(text => System.Text.Json.JsonSerializer.Serialize(text.Bodies));
        await using var row = await command.ExecuteReaderAsync(cancel);
        var documents = new List<TicketDocument>(texts.Count);
        while (await row.ReadAsync(cancel)) documents.Add(new(texts[documents.Count].TicketId, texts[documents.Count].Language, row.GetString(0)));
        return documents;
    }

    public static void AppendMany(NpgsqlBatch batch, IReadOnlyList<TicketDocument> documents)
    {
        if (documents.Count == 0) return;
        var command = new NpgsqlBatchCommand(
            """
            with given as (select * from unnest($1, $2, $3) as n (ticket_id, language, document)),
            used as (insert into search_languages (language) select distinct language from given order by language on conflict do nothing)
            insert into ticket_texts (ticket_id, language, document) select ticket_id, language, document::tsvector from given
            """);
        new Columns<TicketDocument>(command.Parameters, documents).Bigint(each => each.TicketId).Text(each => each.Language).Text(each => each.Document);
        batch.BatchCommands.Add(command);
    }
}

/// <summary>What is found of a ticket.</summary>
internal sealed record TicketText(long TicketId, string Language, string Subject, IReadOnlyList<string> Bodies);

/// <summary>What is found of a ticket, as PostgreSQL writes a tsvector.</summary>
internal sealed record TicketDocument(long TicketId, string Language, string Document);
