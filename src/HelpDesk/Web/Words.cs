using System.Text.Json;

namespace HelpDesk.Web;

/// <summary>The words of an enum in JSON, queries and tables: snake_case, exactly so. Numbers, other cases and combinations are no words.</summary>
internal static class Words<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> ByValue =
        Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly Dictionary<string, T> ByWord = ByValue.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> All => ByWord.Keys;

    public static string Rule { get; } = ByWord.Count == 1 ? $"must be {ByWord.Keys.Single()}" : $"must be one of {string.Join(", ", ByWord.Keys)}";

    public static string Of(T value) => ByValue[value];

    /// <summary>Of a word that was written from a value: any other is a bug.</summary>
    public static T From(string word) => ByWord[word];

    public static bool TryParse(string word, out T value) => ByWord.TryGetValue(word, out value);

    /// <summary>A query parameter that lists alternatives: <c>?status=open,on_hold</c> or repeated. Empty when it is not there.</summary>
    public static T[] FromQuery(HttpRequest request, string parameter) =>
        [.. QueryValues.Texts(request, parameter)
            .Select(word => TryParse(word, out var value) ? value : throw Refusal.Invalid(parameter, Rule))
            .Distinct()];
}
