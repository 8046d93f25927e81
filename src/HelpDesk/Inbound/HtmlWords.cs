using System.Text;
using MimeKit.Text;

namespace HelpDesk.Inbound;

/// <summary>
/// The words of a mail in HTML, as plain text: one pass over its tokens, whatever they are worth. Scripts, styles and all that is not shown are left out; links keep
/// their addresses, quotations a &gt; before each line, and where a mail program marks the history it quotes, <see cref="QuotedHistory.Mark"/> stands.
/// </summary>
internal sealed class HtmlWords
{
    private const int DeepestQuote = 8;

    private static readonly HashSet<string> Unseen = new(StringComparer.OrdinalIgnoreCase) { "script", "style", "head", "title", "template", "noscript", "object", "svg", "math" };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul",
    };

    private static readonly HashSet<string> Paragraphs = new(StringComparer.OrdinalIgnoreCase) { "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table", "pre" };

    private readonly StringBuilder text = new();
    private int lineEnds = 2;
    private int quotes;
    private int preformatted;
    private string? unseen;
    private int unseenDepth;
    private bool needsBlank;
    private string? link;
    private int linkStart;

    public static string Of(string html)
    {
        var words = new HtmlWords();
        using var reader = new StringReader(html.Replace(QuotedHistory.Mark, ' '));
        var tokens = new HtmlTokenizer(reader) { DecodeCharacterReferences = true, IgnoreTruncatedTags = true };
        while (tokens.ReadNextToken(out var token)) words.Take(token);
        return words.text.ToString();
    }

    private void Take(HtmlToken token)
    {
        if (token is HtmlTagToken tag) TakeTag(tag);
        else if (unseen is null && token.Kind is HtmlTokenKind.Data or HtmlTokenKind.CData) Say(((HtmlDataToken)token).Data);
    }

    private void TakeTag(HtmlTagToken tag)
    {
        if (unseen is not null)
        {
            if (!tag.Name.Equals(unseen, StringComparison.OrdinalIgnoreCase) || tag.IsEmptyElement) return;
            unseenDepth += tag.IsEndTag ? -1 : 1;
            if (unseenDepth == 0) unseen = null;
            return;
        }

        if (Unseen.Contains(tag.Name))
        {
            // A body ends the head of those who forgot to.
            if (!tag.IsEndTag && !tag.IsEmptyElement && !tag.Name.Equals("head", StringComparison.OrdinalIgnoreCase)) (unseen, unseenDepth) = (tag.Name, 1);
            return;
        }

        if (!tag.IsEndTag && BeginsHistory(tag)) Mark();
        if (Blocks.Contains(tag.Name)) Break(Paragraphs.Contains(tag.Name) ? 2 : 1);
        switch (tag.Name.ToLowerInvariant())
        {
            case "br":
                EndLine();
                break;
            case "li" when !tag.IsEndTag:
                Say("- ");
                break;
            case "td" or "th" when tag.IsEndTag:
                needsBlank = true;
                break;
            case "blockquote":
                quotes = Math.Max(0, quotes + (tag.IsEndTag ? -1 : 1));
                break;
            case "pre":
                preformatted = Math.Max(0, preformatted + (tag.IsEndTag ? -1 : 1));
                break;
            case "a":
                if (tag.IsEndTag) EndLink();
                else BeginLink(Attribute(tag, "href"));
                break;
            case "img" when Attribute(tag, "alt") is { Length: > 0 } alt:
                Say($"[{alt}]");
                break;
        }
    }

    private static bool BeginsHistory(HtmlTagToken tag)
    {
        var (id, names) = (Attribute(tag, "id") ?? "", (Attribute(tag, "class") ?? "").Split(' '));
        return id is "divRplyFwdMsg" or "appendonsend" or "reply-intro" or "mail-editor-reference-message-container" || id.EndsWith("divRplyFwdMsg", StringComparison.Ordinal)
            || names.Any(name => name is "gmail_quote" or "gmail_quote_container" or "yahoo_quoted" or "moz-cite-prefix" or "protonmail_quote" or "zmail_extra")
            || (tag.Name.Equals("blockquote", StringComparison.OrdinalIgnoreCase) && Attribute(tag, "type") is "cite");
    }

    private static string? Attribute(HtmlTagToken tag, string name)
    {
        foreach (var attribute in tag.Attributes)
        {
            if (attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return attribute.Value;
        }

        return null;
    }

    private void BeginLink(string? address)
    {
        var isWorthIt = address is { Length: < 2000 } && (address.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("http:", StringComparison.OrdinalIgnoreCase));
        (link, linkStart) = (isWorthIt ? address!.Trim() : null, text.Length);
    }

    private void EndLink()
    {
        if (link is { } address && linkStart <= text.Length)
        {
            var shown = text.ToString(linkStart, text.Length - linkStart).Trim();
            if (shown.Length > 0 && !address.Contains(shown, StringComparison.OrdinalIgnoreCase)) Say($" <{address}>");
        }

        link = null;
    }

    private void Mark()
    {
        Break(1);
        text.Append(QuotedHistory.Mark);
        lineEnds = 0;
        Break(1);
    }

    private void Say(string words)
    {
        foreach (var letter in words)
        {
            if (preformatted > 0 && letter == '\n') EndLine();
            else if (letter == '\u00a0' || (char.IsWhiteSpace(letter) && preformatted == 0)) needsBlank = true;
            else Put(letter);
        }
    }

    private void Put(char letter)
    {
        if (lineEnds > 0) text.Insert(text.Length, ">", Math.Min(quotes, DeepestQuote)).Append(quotes > 0 ? " " : "");
        else if (needsBlank) text.Append(' ');
        text.Append(letter);
        (lineEnds, needsBlank) = (0, false);
    }

    private void Break(int wanted)
    {
        while (lineEnds < wanted) EndLine();
    }

    private void EndLine()
    {
        needsBlank = false;
        // Not more than one empty line in a row.
        if (lineEnds >= 2) return;
        text.Append('\n');
        lineEnds++;
    }
}
