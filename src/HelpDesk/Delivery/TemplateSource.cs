using System.Text.RegularExpressions;

namespace HelpDesk.Delivery;

/// <summary>
/// One message in one language: its subject, its text, and what stands in the body of its HTML part. Where that is not written apart it is derived from the
/// text, so that the two say the same; see <see cref="DerivedHtml"/>.
/// </summary>
internal sealed partial record TemplateSource(string Subject, string Text, string Html)
{
    private const string SubjectMark = "Subject: ";

    /// <summary>The HTML around every message, with places for <c>[lang]</c>, <c>[title]</c> and <c>[content]</c>.</summary>
    private static readonly string Layout = Resource("layout");

    /// <param name="html">Null: derived from the text.</param>
    public static TemplateSource Of(string subject, string text, string? html)
    {
        text = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        return new(subject, text, html is null ? DerivedHtml.Of(text) : html.ReplaceLineEndings("\n").TrimEnd() + "\n");
    }

    /// <summary>Of a file: a <c>Subject:</c> line, an empty line, then the text.</summary>
    public static TemplateSource Parse(string source)
    {
        var lines = source.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        if (!lines[0].StartsWith(SubjectMark, StringComparison.Ordinal) || lines.Length < 3 || lines[1].Length > 0)
        {
            throw new FormatException("A template begins with a line 'Subject: …' and an empty line.");
        }

        return Of(lines[0][SubjectMark.Length..], string.Join('\n', lines[2..]), null);
    }

    /// <summary>The whole HTML document.</summary>
    public string Whole(string language) => LayoutPlace().Replace(Layout, place => place.Value switch
    {
        "[lang]" => language,
        "[title]" => DerivedHtml.Literal(Subject),
        _ => Html,
    });

    public static string Resource(string name)
    {
        var resource = $"HelpDesk.Delivery.Templates.{name}.hbs";
        using var file = typeof(TemplateSource).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The template {resource} is not in the assembly.");
        return new StreamReader(file).ReadToEnd();
    }

    [GeneratedRegex(@"\[(lang|title|content)\]")]
    private static partial Regex LayoutPlace();
}
