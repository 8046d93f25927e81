using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Web.Pages;

/// <summary>A language that pages are written in.</summary>
/// <param name="Tag">BCP 47, as <c>lang</c> has it.</param>
/// <param name="Name">In the language itself.</param>
public sealed record PageLanguage(string Tag, string Name)
{
    public static PageLanguage English { get; } = new("en", "English");

    public static PageLanguage Finnish { get; } = new("fi", "Suomi");

    public static PageLanguage Turkish { get; } = new("tr", "Türkçe");

    public static IReadOnlyList<PageLanguage> All { get; } = [English, Finnish, Turkish];

    /// <summary>For its way with numbers; dates have words of their own.</summary>
    public CultureInfo Culture => CultureInfo.GetCultureInfo(Tag);

    /// <summary>The one that a locale is of, such as fi for fi-FI.</summary>
    public static PageLanguage? Find(string? locale) => locale is null ? null
        : All.FirstOrDefault(language => locale.Equals(language.Tag, StringComparison.OrdinalIgnoreCase) || locale.StartsWith(language.Tag + "-", StringComparison.OrdinalIgnoreCase));

    /// <summary>Of what a reader takes, the best.</summary>
    /// <param name="accepted">Accept-Language.</param>
    public static PageLanguage? Accepted(IList<string?> accepted) =>
        StringWithQualityHeaderValue.TryParseList([.. accepted.OfType<string>()], out var list)
            ? list.Where(each => each.Quality is not 0).OrderByDescending(each => each.Quality ?? 1).Select(each => Find(each.Value.Value)).FirstOrDefault(language => language is not null)
            : null;

    /// <summary>This language's of three.</summary>
    public T Of<T>(T english, T finnish, T turkish) => this == Finnish ? finnish : this == Turkish ? turkish : english;
}
