using System.Text.Json;
using System.Text.RegularExpressions;

namespace HelpDesk.Web;

/// <summary>Validation names members as C# does (<c>Items[3].Calendar.TimeZone</c>); the API names them as JSON does.</summary>
internal static partial class MemberPaths
{
    public static Dictionary<string, string[]> Of(IEnumerable<KeyValuePair<string, string[]>> errors)
    {
        var named = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (path, rules) in errors)
        {
            var member = Name().Match(path).Value;
            named[Of(path)] = [.. rules.Select(rule => Rule(rule, member))];
        }
        return named;
    }

    public static string Of(string path) =>
        string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    /// <summary>Out of a JSON path: <c>$.items[3]['a key']</c> → <c>items[3].a key</c>. The document itself is <c>$</c>.</summary>
    public static string FromJsonPath(string? path)
    {
        if (path is null or "$") return "$";
        var plain = QuotedKey().Replace(path, ".$1");
        return plain.StartsWith("$.", StringComparison.Ordinal) ? plain[2..] : plain[1..];
    }

    private static string Rule(string rule, string member) => RuleWords.Of(rule) is var words && (words != rule || member.Length == 0)
        ? words
        : Regex.Replace(rule, $@"\b{Regex.Escape(member)}\b", JsonNamingPolicy.CamelCase.ConvertName(member));

    [GeneratedRegex(@"[A-Za-z0-9_]+(?=(\[\d+\])?$)", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\['(.*?)'\]", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedKey();
}
