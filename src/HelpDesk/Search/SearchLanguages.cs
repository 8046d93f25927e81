using System.Collections.Frozen;

namespace HelpDesk.Search;

/// <summary>Which of PostgreSQL's dictionaries a text is read with. The desk's own list: what a server ships may grow, what was written with one stays.</summary>
internal sealed class SearchLanguages(string? deskDefault)
{
    /// <summary>Words as they are, in lower case.</summary>
    private const string Simple = "simple";

    private static readonly FrozenDictionary<string, string> ByCode = new Dictionary<string, string>
    {
        ["ar"] = "arabic",
        ["ca"] = "catalan",
        ["da"] = "danish",
        ["de"] = "german",
        ["el"] = "greek",
        ["en"] = "english",
        ["es"] = "spanish",
        ["eu"] = "basque",
        ["fi"] = "finnish",
        ["fr"] = "french",
        ["ga"] = "irish",
        ["hi"] = "hindi",
        ["hu"] = "hungarian",
        ["hy"] = "armenian",
        ["id"] = "indonesian",
        ["it"] = "italian",
        ["lt"] = "lithuanian",
        ["nb"] = "norwegian",
        ["ne"] = "nepali",
        ["nl"] = "dutch",
        ["nn"] = "norwegian",
        ["no"] = "norwegian",
        ["pt"] = "portuguese",
        ["ro"] = "romanian",
        ["ru"] = "russian",
        ["sr"] = "serbian",
        ["sv"] = "swedish",
        ["ta"] = "tamil",
        ["tr"] = "turkish",
        ["yi"] = "yiddish",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Dictionaries => ByCode.Values.Append(Simple).Distinct();

    /// <summary>By the locale's language; the desk's own where there is no locale.</summary>
    public string For(string? locale) => ByCode.GetValueOrDefault((locale ?? deskDefault ?? "en").Split('-', '_')[0], Simple);
}
