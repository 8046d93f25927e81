namespace HelpDesk.Inbound;

/// <summary>
/// Tells what was newly written from the mail before it that a mail program put below it or above it: by the line that introduces it (Gmail, Outlook, Apple Mail, Thunderbird; in
/// English, Turkish and Finnish), by the sign before each line, and by what HTML says of itself. In doubt all of it is new: answers between the quoted lines
/// are kept with them, and what was forwarded is the matter itself.
/// <para>Anybody may send a mail of any length, and telling words costs many times what reading them does: so only the first <see cref="MostTold"/> characters are looked at line by line, and a
/// text of more than <see cref="MostRead"/> is not taken apart at all.</para>
/// </summary>
internal static class QuotedHistory
{
    /// <summary>Stands alone on a line where HTML says that history begins.</summary>
    public const char Mark = '\uE0F0';

    /// <summary>As far as introductions, headers of mail and marks of a forward are looked for; more than twice what a message holds.</summary>
    public const int MostTold = 250_000;

    /// <summary>Longer texts are new as a whole.</summary>
    public const int MostRead = 4_000_000;

    private static readonly string Marked = Mark.ToString();

    /// <summary>Subjects that begin so bring somebody else's words.</summary>
    private static readonly string[] Forwards = ["fw:", "fwd:", "ilt:", "i̇lt:", "ynt-ilt:", "vl:", "eteenpäin:"];

    public static bool IsForward(string subject) => Forwards.Any(mark => subject.StartsWith(mark, StringComparison.OrdinalIgnoreCase));

    public static (string Fresh, string? Quoted) Split(string text, bool isForward)
    {
        if (text.Length > MostRead) return (text.Replace(Marked, "", StringComparison.Ordinal).Trim(), null);
        var lines = text.Split('\n');
        var told = Told(lines);
        if (isForward || lines.Take(told).Any(QuoteMarks.IsForwarded)) return (Whole(lines), null);
        for (var at = 0; at < lines.Length; at++)
        {
            var isTold = at < told;
            if (lines[at].Trim() == Marked || (isTold && QuoteMarks.BeginsHeaders(lines, at))) return Cut(lines, Introduced(lines, at), lines.Length);
            if (isTold && QuoteMarks.Introduces(lines, at) is { } after) return ByQuotes(lines, at, after);
        }

        return TrailingQuotes(lines) is { } start ? Cut(lines, QuoteMarks.IntroducedFrom(lines, start), lines.Length) : (Whole(lines), null);
    }

    /// <summary>How many lines begin within what is looked at.</summary>
    private static int Told(string[] lines)
    {
        var (count, characters) = (0, 0);
        for (; count < lines.Length && characters <= MostTold; count++) characters += lines[count].Length + 1;
        return count;
    }

    /// <summary>A line that says who wrote what comes belongs to it.</summary>
    private static int Introduced(string[] lines, int at)
    {
        for (var before = Math.Max(0, at - 4); before < at; before++)
        {
            if (QuoteMarks.Introduces(lines, before) is { } after && lines[after..at].All(string.IsNullOrWhiteSpace)) return before;
        }

        return at;
    }

    /// <summary>What is introduced is quoted to its end, where no words of the sender's stand between or below.</summary>
    private static (string, string?) ByQuotes(string[] lines, int intro, int after)
    {
        var first = Array.FindIndex(lines, after, line => !IsEmpty(line));
        if (first < 0 || !IsQuoted(lines[first])) return Cut(lines, intro, lines.Length);
        var end = Array.FindIndex(lines, first, line => !IsEmpty(line) && !IsQuoted(line));
        if (end < 0) return Cut(lines, intro, lines.Length);
        // Written below the quotation, and nothing above it; not between the lines.
        var isBelow = lines[..intro].All(IsEmpty) && !lines[end..].Any(IsQuoted);
        return isBelow ? (Whole(lines[end..]), Whole(lines[intro..end])) : (Whole(lines), null);
    }

    private static int? TrailingQuotes(string[] lines)
    {
        var start = lines.Length;
        while (start > 0 && (IsEmpty(lines[start - 1]) || IsQuoted(lines[start - 1]))) start--;
        return lines[start..].Any(IsQuoted) && !lines[..start].Any(IsQuoted) && !lines[..start].All(IsEmpty) ? start : null;
    }

    private static (string, string?) Cut(string[] lines, int from, int to)
    {
        var fresh = Whole(lines[..from]);
        // Nothing was written beside it: then it is what was sent.
        return fresh.Length == 0 ? (Whole(lines), null) : (fresh, Whole(lines[from..to]) is { Length: > 0 } quoted ? quoted : null);
    }

    private static bool IsQuoted(string line) => line.StartsWith('>') || line.StartsWith(" >", StringComparison.Ordinal);

    private static bool IsEmpty(string line) => string.IsNullOrWhiteSpace(line) || line.Trim() == Marked;

    private static string Whole(IEnumerable<string> lines) => string.Join('\n', lines.Where(line => line.Trim() != Marked).Select(line => line.TrimEnd())).Trim('\n', ' ', '\t');
}
