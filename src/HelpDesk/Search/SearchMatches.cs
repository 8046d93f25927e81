using Npgsql;

namespace HelpDesk.Search;

/// <summary>Reads where the tickets of a page match: for the page's rows alone, since every word is read again for it.</summary>
internal static class SearchMatches
{
    private const int MostSnippets = 3;
    private const int MostCharacters = 10_000;

    public static async Task<IReadOnlyDictionary<long, SearchMatch>> Read(NpgsqlDataSource database, SearchQuestion question, long[] ids, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            with asked as (
                select ticket_id, language, ($3::tsquery[])[array_position($2::text[], language)] as question, document
                from ticket_texts where ticket_id = any ($1)),
            texts as (
                select a.ticket_id, a.language, a.question, search_rank(a.document, a.question) as rank, null::uuid as message_id, -1::bigint as sequence, search_composed(t.subject) as words
                from asked a join tickets t on t.id = a.ticket_id
                union all
                select a.ticket_id, a.language, a.question, 0, m.id, m.sequence, search_composed(left(m.body, $4))
                from asked a, lateral (
                    select id, sequence, body, sum(length(body)) over (order by sequence) - length(body) as before from messages where ticket_id = a.ticket_id) m
                where m.before < $4),
            read as (
                select *, ts_headline(language::regconfig, lower_words, question, $5) as marked,
                    case when plain_words <> lower_words then ts_headline(language::regconfig, plain_words, question, $5) end as marked_plain
                from texts, lateral (select search_lower(language, translate(words, $6, '  ')) as lower_words) l, lateral (select search_plain(lower_words) as plain_words) p)
            select ticket_id, rank, message_id, words, marked, marked_plain from read
            where message_id is null or strpos(marked, left($6, 1)) > 0 or strpos(marked_plain, left($6, 1)) > 0
            order by ticket_id, sequence
            """);
        command.Parameters.AddWithValue(ids);
        command.Parameters.AddWithValue(question.Languages);
        command.Parameters.AddWithValue(question.Questions);
        command.Parameters.AddWithValue(MostCharacters);
        command.Parameters.AddWithValue($"HighlightAll=true, StartSel={MarkedText.Start}, StopSel={MarkedText.Stop}");
        command.Parameters.AddWithValue($"{MarkedText.Start}{MarkedText.Stop}");
        var matches = new Dictionary<long, SearchMatch>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var marked = new MarkedText(rows.GetString(3), rows.GetString(4), rows.IsDBNull(5) ? null : rows.GetString(5));
            if (rows.IsDBNull(2)) matches[rows.GetInt64(0)] = new SearchMatch(rows.GetFloat(1), marked.Whole(), []);
            else matches[rows.GetInt64(0)] = With(matches[rows.GetInt64(0)], rows.GetGuid(2), marked);
        }

        return matches;
    }

    private static SearchMatch With(SearchMatch match, Guid messageId, MarkedText marked) => match with
    {
        Snippets = [.. match.Snippets, .. marked.Pieces().Take(MostSnippets - match.Snippets.Count).Select(text => new SearchSnippet(messageId, text))],
    };
}
