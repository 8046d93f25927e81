using System.Collections.Frozen;
using HelpDesk.Web.Settings;

namespace HelpDesk.Delivery;

/// <summary>
/// From any BCP 47 locale to a language the desk can write: the locale, its parents ("tr-Latn-CY", "tr-Latn", "tr"), the desk's default
/// likewise, English.
/// </summary>
internal sealed class Languages
{
    public static readonly Text Default = new("Desk:Locale", "for customers without a language", "`en`, `tr`, `fi`, or one that you have stored templates in", note: "`en`");

    public static readonly IReadOnlyList<Language> All = [new English(), new Turkish(), new Finnish()];

    private static readonly FrozenDictionary<string, Language> ByCode = All.ToFrozenDictionary(language => language.Code, StringComparer.OrdinalIgnoreCase);

    private readonly Language otherwise;
    private readonly string[] last;

    /// <param name="deskDefault"><c>Desk:Locale</c>.</param>
    public Languages(string? deskDefault)
    {
        otherwise = Find(deskDefault) ?? ByCode["en"];
        last = [.. WithParents(deskDefault), "en"];
    }

    /// <summary>What dates and promises are written in.</summary>
    public Language For(string? locale) => Find(locale) ?? otherwise;

    /// <summary>The first of the locales that the desk can write in, in the order they are wanted; else the desk's own.</summary>
    public Language First(IEnumerable<string?> wanted) => wanted.Select(Find).FirstOrDefault(language => language is not null) ?? otherwise;

    /// <summary>The locales whose templates are looked for, in this order: also of languages that the desk itself does not know.</summary>
    public IEnumerable<string> Wanted(string? locale) => Wanted([locale]);

    /// <summary>The same, for a reader of several languages.</summary>
    public IEnumerable<string> Wanted(IEnumerable<string?> locales) => locales.SelectMany(WithParents).Concat(last);

    private static IEnumerable<string> WithParents(string? locale)
    {
        for (var rest = locale?.Replace('_', '-'); !string.IsNullOrEmpty(rest); rest = rest[..Math.Max(0, rest.LastIndexOf('-'))]) yield return rest;
    }

    private static Language? Find(string? locale)
    {
        var codes = ByCode.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var rest = locale.AsSpan(); !rest.IsEmpty; rest = rest[..Math.Max(0, rest.LastIndexOfAny('-', '_'))])
        {
            if (codes.TryGetValue(rest, out var language)) return language;
        }

        return null;
    }
}
