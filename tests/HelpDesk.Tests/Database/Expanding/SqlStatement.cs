using System.Text;
using System.Text.RegularExpressions;

namespace HelpDesk.Tests.Database.Expanding;

/// <summary>One statement of a migration.</summary>
/// <param name="Words">In small letters, blanks as one, without comments; what stands in quotes or between dollars is left out of them.</param>
/// <param name="Said">The comment right before it.</param>
internal sealed partial record SqlStatement(string Words, string Said)
{
    /// <summary>In their order. Semicolons within quotes, dollars, comments and parentheses part nothing.</summary>
    public static IReadOnlyList<SqlStatement> Of(string sql)
    {
        var found = new List<SqlStatement>();
        var (words, said) = (new StringBuilder(), new StringBuilder());
        foreach (Match piece in Piece().Matches(sql))
        {
            if (piece.Groups["comment"].Success)
            {
                // A blank line between them parts a comment from what follows.
                if (words.ToString().Trim().Length == 0) said.Append(piece.Value.TrimStart('-', '/', '*', ' ').TrimEnd()).Append(' ');
            }
            else if (piece.Groups["gap"].Success && words.ToString().Trim().Length == 0)
            {
                said.Clear();
            }
            else if (piece.Value == ";")
            {
                Close();
            }
            else
            {
                words.Append(piece.Groups["string"].Success ? "''" : piece.Groups["body"].Success ? "$$" : piece.Value.ToLowerInvariant());
            }
        }

        Close();
        return found;

        void Close()
        {
            if (Blank().Replace(words.ToString(), " ").Trim() is { Length: > 0 } text) found.Add(new(Tight().Replace(text, ""), said.ToString().Trim()));
            words.Clear();
            said.Clear();
        }
    }

    /// <summary>Parted by commas that stand in no parentheses.</summary>
    public static IEnumerable<string> Parts(string list)
    {
        var (depth, start) = (0, 0);
        for (var at = 0; at < list.Length; at++)
        {
            if (list[at] == '(') depth++;
            if (list[at] == ')') depth--;
            if (list[at] != ',' || depth > 0) continue;
            yield return list[start..at].Trim();
            start = at + 1;
        }

        yield return list[start..].Trim();
    }

    [GeneratedRegex("""(?<comment>--[^\n]*|/\*.*?\*/)|(?<string>[eE]?'(?:[^']|'')*')|"[^"]+"|(?<body>\$(?<tag>\w*)\$.*?\$\k<tag>\$)|(?<gap>\n[ \t]*\n)|;|.""", RegexOptions.Singleline)]
    private static partial Regex Piece();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"(?<=\() | (?=[),])")]
    private static partial Regex Tight();
}
