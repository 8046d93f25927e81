using HelpDesk.Delivery;
using HelpDesk.Web.Pages;

namespace HelpDesk.Advisories;

/// <summary>An advisory as a page shows it.</summary>
/// <param name="Language">Of its words, where that is not the page's own; else null.</param>
/// <param name="Since">Since when it holds, for people.</param>
/// <param name="Iso">The same, for programs.</param>
public sealed record AdvisoryNotice(string Title, string Body, string? Language, string Since, string Iso)
{
    /// <param name="wanted">The reader's locales, the best first.</param>
    internal static AdvisoryNotice Of(KnownAdvisory advisory, PageLanguage page, IEnumerable<string?> wanted, Languages languages, Func<Instant, (string Text, string Iso)> date)
    {
        var (locale, text) = advisory.In(wanted, languages);
        var (since, iso) = date(advisory.From);
        return new(text.Title, text.Body, PageLanguage.Find(locale) == page ? null : locale, since, iso);
    }
}
