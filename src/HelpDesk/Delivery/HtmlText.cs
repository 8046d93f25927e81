using System.Buffers;
using System.Text;
using HandlebarsDotNet;

namespace HelpDesk.Delivery;

/// <summary>Every value in an HTML part is escaped; its line breaks stay line breaks.</summary>
internal sealed class HtmlText : ITextEncoder
{
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"'`\n\r");

    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    public void Encode(string? text, TextWriter target) => Encode(text.AsSpan(), target);

    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        var whole = new StringBuilder();
        while (text?.MoveNext() == true) whole.Append(text.Current);
        Encode(whole, target);
    }

    private static void Encode(ReadOnlySpan<char> rest, TextWriter target)
    {
        for (var at = rest.IndexOfAny(Special); at >= 0; at = rest.IndexOfAny(Special))
        {
            target.Write(rest[..at]);
            target.Write(rest[at] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '`' => "&#96;",
                '\n' => "<br>\n",
                _ => "",
            });
            rest = rest[(at + 1)..];
        }

        target.Write(rest);
    }

    public static string Escape(string text)
    {
        var escaped = new StringWriter();
        Encode(text.AsSpan(), escaped);
        return escaped.ToString();
    }
}
