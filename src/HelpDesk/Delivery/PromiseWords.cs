namespace HelpDesk.Delivery;

/// <summary>Promises in words: the sentence the ledger keeps, and the name of what is promised.</summary>
internal sealed class PromiseWords(Languages languages)
{
    /// <summary>
    /// One sentence: what, and by when. E.g. "We will answer you by Monday, 2 March 2026 at 12:00 (Europe/Helsinki)." <paramref
    /// name="kind"/> is the word of the
    /// commitment's kind, e.g. <c>first_response</c>; <paramref name="ownWords"/>, an agent's, take the sentence's place, and the date is
    /// added.
    /// </summary>
    public string For(string kind, Instant promisedAt, DateTimeZone zone, string? locale, string? ownWords = null)
    {
        var language = languages.For(locale);
        var date = DateWords.Format(promisedAt, zone, language);
        return string.IsNullOrWhiteSpace(ownWords) ? language.Promise(kind, date) : $"{Trimmed(ownWords)}: {language.By} {date}.";
    }

    /// <summary>The head of a list entry, e.g. "First answer"; an agent's own words where there are some.</summary>
    public string What(string kind, string? locale, string? ownWords = null) =>
        string.IsNullOrWhiteSpace(ownWords) ? languages.For(locale).What(kind) : Trimmed(ownWords);

    private static string Trimmed(string words) => words.Trim().TrimEnd('.', ':', ' ');
}
