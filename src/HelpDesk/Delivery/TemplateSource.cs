using System.Text;
using System.Text.RegularExpressions;

namespace HelpDesk.Delivery;

/// <summary>
/// One message in one language: a <c>Subject:</c> line, an empty line, then the text. The HTML part is derived from the text, so that the
/// two always say the
/// same: paragraphs are set apart by empty lines, entries of a list begin with "- " (within <c>{{#each}}</c>), a block tag that fills a
/// line is structure, and
/// <c>{{publicUrl}}</c> becomes a link.
/// </summary>
internal sealed partial record TemplateSource(string Subject, string Text, string Html)
{
    private const string SubjectMark = "Subject: ";
    private const string Paragraph = """<p style="margin:0 0 16px">""";
    private const string List = """<ul style="margin:0 0 16px;padding:0 0 0 20px">""";
    private const string Entry = """<li style="margin:0 0 6px">""";
    private const string Link = """<a href="{{publicUrl}}">{{publicUrl}}</a>""";

    /// <summary>
    /// <paramref name="layout"/> is the HTML around every message, with places for <c>[lang]</c>, <c>[title]</c> and <c>[content]</c>.
    /// </summary>
    public static TemplateSource Parse(string source, string layout, string language)
    {
        var lines = source.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        if (!lines[0].StartsWith(SubjectMark, StringComparison.Ordinal) || lines.Length < 3 || lines[1].Length > 0)
        {
            throw new FormatException("A template begins with a line 'Subject: …' and an empty line.");
        }

        var subject = lines[0][SubjectMark.Length..];
        var html = layout
            .Replace("[lang]", language, StringComparison.Ordinal)
            .Replace("[title]", Literal(subject), StringComparison.Ordinal)
            .Replace("[content]", Content(lines[2..]), StringComparison.Ordinal);
        return new(subject, string.Join('\n', lines[2..]) + "\n", html);
    }

    private static string Content(string[] lines)
    {
        var html = new StringBuilder();
        var paragraph = new List<string>();
        foreach (var line in lines)
        {
            if (BlockTag().IsMatch(line))
            {
                EndParagraph(html, paragraph);
                if (line.StartsWith("{{#each", StringComparison.Ordinal)) html.Append(List).Append('\n');
                html.Append(line).Append('\n');
                if (line is "{{/each}}") html.Append("</ul>\n");
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                html.Append(Entry).Append(Literal(line[2..])).Append("</li>\n");
            }
            else if (line.Length > 0)
            {
                paragraph.Add(Literal(line));
            }
            else
            {
                EndParagraph(html, paragraph);
            }
        }

        EndParagraph(html, paragraph);
        return html.ToString();
    }

    private static void EndParagraph(StringBuilder html, List<string> lines)
    {
        if (lines.Count > 0) html.Append(Paragraph).AppendJoin("<br>\n", lines).Append("</p>\n");
        lines.Clear();
    }

    /// <summary>The words between the tags are escaped here; the values of the tags when they are filled in.</summary>
    private static string Literal(string line) =>
        string.Concat(Tag().Split(line).Select(part => part.StartsWith("{{", StringComparison.Ordinal) ? part : HtmlText.Escape(part)))
            .Replace("{{publicUrl}}", Link, StringComparison.Ordinal);

    [GeneratedRegex(@"^\{\{(?:[#/][^}]*|else|else if [^}]*)\}\}$")]
    private static partial Regex BlockTag();

    [GeneratedRegex(@"(\{\{[^}]*\}\})")]
    private static partial Regex Tag();
}
