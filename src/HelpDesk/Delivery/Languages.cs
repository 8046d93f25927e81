using System.Collections.Frozen;

namespace HelpDesk.Delivery;

/// <summary>
/// From any BCP 47 locale to a language the desk can write: the locale, its parents ("tr-Latn-CY", "tr-Latn", "tr"), the desk's default
/// likewise, English.
/// </summary>
internal sealed class Languages
{
    public static readonly IReadOnlyList<Language> All = [new English(), new Turkish(), new Finnish()];

    private static readonly FrozenDictionary<string, Language> ByCode = All.ToFrozenDictionary(language => language.Code, StringComparer.OrdinalIgnoreCase);

    private readonly Language otherwise;

    /// <param name="deskDefault"><c>Desk:Locale</c>.</param>
    public Languages(string? deskDefault) => otherwise = Find(deskDefault) ?? ByCode["en"];

    public Language For(string? locale) => Find(locale) ?? otherwise;

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
