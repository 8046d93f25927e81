using System.Text;
using System.Text.RegularExpressions;

namespace HelpDesk.Delivery;

/// <summary>
/// The HTML that a text stands for: paragraphs are set apart by empty lines, lines that begin with "- " are entries of a list, a block tag that fills a line is
/// structure, and <c>{{publicUrl}}</c> becomes a link. All other words are words.
/// </summary>
internal sealed partial class DerivedHtml
{
    private const string Paragraph = """<p style="margin:0 0 16px">""";
    private const string List = """<ul style="margin:0 0 16px;padding:0 0 0 20px">""";
    private const string Entry = """<li style="margin:0 0 6px">""";
    private const string Link = """<a href="{{publicUrl}}">{{publicUrl}}</a>""";

    private readonly string[] lines;
    private readonly StringBuilder html = new();
    private readonly List<string> paragraph = [];
    private int listEndsAt = -1;
    private bool isInEntries;

    private DerivedHtml(string[] lines) => this.lines = lines;

    public static string Of(string text)
    {
        var derived = new DerivedHtml(text.TrimEnd().Split('\n'));
        derived.Write();
        return derived.html.ToString();
    }

    /// <summary>Whether a line is a block tag and nothing else.</summary>
    public static bool IsStructure(string line) => BlockTag().IsMatch(line);

    public static bool IsEntry(string line) => line.StartsWith("- ", StringComparison.Ordinal);

    /// <summary>The words between the tags are escaped here; the values of the tags when they are filled in.</summary>
    public static string Literal(string line) =>
        Address().Replace(string.Concat(Tag().Split(line).Select(part => part.StartsWith("{{", StringComparison.Ordinal) ? part : HtmlText.Escape(part))), Link);

    private void Write()
    {
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index];
            if (IsStructure(line)) Structure(line.Trim(), index);
            else if (IsEntry(line)) AddEntry(line[2..]);
            else if (!string.IsNullOrWhiteSpace(line)) AddWords(line);
            else EndAll();
        }

        EndAll();
    }

    private void Structure(string line, int index)
    {
        EndAll();
        if (listEndsAt < 0 && line.StartsWith("{{#each", StringComparison.Ordinal) && EndOfList(index) is var end and > 0)
        {
            html.Append(List).Append('\n');
            listEndsAt = end;
        }

        html.Append(line).Append('\n');
        if (index != listEndsAt) return;
        html.Append("</ul>\n");
        listEndsAt = -1;
    }

    /// <summary>Where what is gone through ends, if it is made of entries and nothing else; 0 otherwise.</summary>
    private int EndOfList(int start)
    {
        var depth = 0;
        var hasEntries = false;
        for (var index = start; index < lines.Length; index++)
        {
            var line = lines[index];
            if (!IsStructure(line))
            {
                if (!IsEntry(line) && !string.IsNullOrWhiteSpace(line)) return 0;
                hasEntries |= IsEntry(line);
                continue;
            }

            var tag = line.Trim();
            if (tag.StartsWith("{{#", StringComparison.Ordinal)) depth++;
            else if (tag.StartsWith("{{/", StringComparison.Ordinal) && --depth == 0) return hasEntries ? index : 0;
        }

        return 0;
    }

    private void AddEntry(string words)
    {
        EndParagraph();
        if (listEndsAt < 0 && !isInEntries)
        {
            html.Append(List).Append('\n');
            isInEntries = true;
        }

        html.Append(Entry).Append(Literal(words)).Append("</li>\n");
    }

    private void AddWords(string line)
    {
        EndEntries();
        paragraph.Add(Literal(line));
    }

    private void EndAll()
    {
        EndParagraph();
        EndEntries();
    }

    private void EndParagraph()
    {
        if (paragraph.Count > 0) html.Append(Paragraph).AppendJoin("<br>\n", paragraph).Append("</p>\n");
        paragraph.Clear();
    }

    private void EndEntries()
    {
        if (isInEntries) html.Append("</ul>\n");
        isInEntries = false;
    }

    [GeneratedRegex(@"^\s*\{\{\s*(?:[#/][^{}]*|else)\s*\}\}\s*$")]
    private static partial Regex BlockTag();

    [GeneratedRegex(@"(\{\{[^{}]*\}\})")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\{\{\s*publicUrl\s*\}\}")]
    private static partial Regex Address();
}
