using HelpDesk.Web;
using Npgsql;

namespace HelpDesk.Search;

/// <summary>What somebody looks for, in each language in use, as PostgreSQL reads it.</summary>
internal sealed record SearchQuestion(string[] Languages, string[] Questions, long Newest)
{
    private const int MostCharacters = 500;

    /// <summary>What <c>?q=</c> asks for; null where it is absent or blank, as with every other filter.</summary>
    public static string? Words(HttpRequest request)
    {
        if (request.Query["q"] is not [{ } text] || string.IsNullOrWhiteSpace(text)) return request.Query["q"].Count > 1 ? throw Refusal.Invalid("q", "must be given once") : null;
        if (text.Length > MostCharacters) throw Refusal.Invalid("q", $"must be at most {MostCharacters} characters");
        return text.Contains('\0', StringComparison.Ordinal) ? throw Refusal.Invalid("q", "must not have the character U+0000") : text;
    }

    public static async Task<SearchQuestion> Read(NpgsqlDataSource database, string words, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            select s.language, search_question(s.language, $1)::text, (select max(ticket_id) from ticket_texts)
            from search_languages s order by s.language
            """);
        command.Parameters.AddWithValue(words);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var (languages, questions, newest) = (new List<string>(), new List<string>(), 0L);
        while (await rows.ReadAsync(cancel))
        {
            newest = rows.IsDBNull(2) ? 0 : rows.GetInt64(2);
            // Nothing but stop words in this language: nothing is found in it.
            if (rows.GetString(1) is not { Length: > 0 } question) continue;
            languages.Add(rows.GetString(0));
            questions.Add(question);
        }

        return new SearchQuestion([.. languages], [.. questions], newest);
    }

    public bool IsEmpty => Languages.Length == 0;

    /// <summary>
    /// As one tsquery for the index: any language's question, on these shelves if any are named. A ticket that answers it may answer in another language than
    /// its own: its own question is asked of it besides. (That the index tell languages apart too was tried: it took two to four times as long.)
    /// </summary>
    public string On(IReadOnlyCollection<string> shelves)
    {
        var anyLanguage = string.Join(" | ", Questions.Distinct().Select(question => $"({question})"));
        return shelves.Count == 0 ? anyLanguage : $"({anyLanguage}) & ({string.Join(" | ", shelves.Select(shelf => $"'{shelf}'"))})";
    }

    /// <summary>Whether words are to be absent: the index alone cannot find where a word is not.</summary>
    public bool Excludes => Questions.Any(question => question.Contains('!', StringComparison.Ordinal));
}
