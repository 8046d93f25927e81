using System.Collections.Frozen;
using System.Text.RegularExpressions;
using HelpDesk.Delivery;

namespace HelpDesk.Templates;

/// <summary>
/// Takes what mail is made of and nothing else: elements and attributes that are listed here, written in full, opened and closed in their order. There is no
/// way to write a script, a form, a frame, or an address that runs; and no place for a value but between elements, and in the few attributes made for words.
/// </summary>
internal sealed partial class HtmlWalk
{
    private const int Deepest = 50;

    private static readonly FrozenSet<string> Elements = FrozenSet.Create(
        "a", "abbr", "b", "big", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "div", "dl", "dt", "em", "font", "h1", "h2", "h3",
        "h4", "h5", "h6", "hr", "i", "img", "ins", "li", "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
        "tr", "u", "ul");

    private static readonly FrozenSet<string> Empty = FrozenSet.Create("br", "col", "hr", "img");

    private static readonly FrozenSet<string> Attributes = FrozenSet.Create(
        "align", "alt", "aria-hidden", "aria-label", "bgcolor", "border", "cellpadding", "cellspacing", "class", "color", "colspan", "dir", "face", "height", "lang", "role",
        "rowspan", "size", "span", "start", "style", "title", "type", "valign", "width");

    private static readonly FrozenSet<string> ForWords = FrozenSet.Create("alt", "aria-label", "title");

    private readonly string html;
    private readonly Dictionary<int, TemplateTag> tags;
    private readonly FrozenSet<string> addresses;
    private readonly List<Fault> faults;
    private readonly Stack<(string Name, int At)> open = [];
    private readonly Stack<int> blocks = [];

    private HtmlWalk(MessageShape shape, string html, IReadOnlyList<TemplateTag> tags, List<Fault> faults)
    {
        (this.html, this.faults) = (html, faults);
        this.tags = tags.ToDictionary(tag => tag.At);
        addresses = shape.Placeholders.Where(placeholder => placeholder.IsAddress).Select(placeholder => $"{{{{{placeholder.Name}}}}}").ToFrozenSet();
    }

    /// <param name="tags">Known to be good, and their blocks to close in their order. Ends with the first fault.</param>
    public static void Check(MessageShape shape, string html, IReadOnlyList<TemplateTag> tags, List<Fault> faults) => new HtmlWalk(shape, html, tags, faults).Walk();

    private void Walk()
    {
        for (var at = 0; at < html.Length && faults.Count == 0;)
        {
            if (tags.TryGetValue(at, out var tag)) at = Take(tag);
            else if (html[at] == '<') at = Element(at);
            else at++;
        }

        if (faults.Count == 0 && open.TryPeek(out var left)) faults.Add(new(left.At, $"<{left.Name}> is not closed"));
    }

    /// <summary>Each part of a block closes what it opens and nothing else, so that whichever is written stands well.</summary>
    private int Take(TemplateTag tag)
    {
        if (tag.Opens) blocks.Push(open.Count);
        else if (tag.Type != TagType.Value && open.Count != blocks.Peek()) faults.Add(new(open.Peek().At, $"<{open.Peek().Name}> is not closed before {tag}"));
        if (tag.Type == TagType.End) blocks.Pop();
        return tag.End;
    }

    private int Element(int at)
    {
        if (EndTag().Match(html, at) is { Success: true } end)
        {
            Close(end.Groups["name"].Value.ToLowerInvariant(), at);
            return at + end.Length;
        }

        if (StartTag().Match(html, at) is not { Success: true } start)
        {
            faults.Add(new(at, "< does not begin an element that is written in full: <p>, <td align=\"left\">, </p>; as a sign it is &lt;. There are no comments"));
            return html.Length;
        }

        var name = start.Groups["name"].Value.ToLowerInvariant();
        if (!Elements.Contains(name)) faults.Add(new(at, $"<{name}> is not taken: what stands in the body of a mail is made of {string.Join(", ", Elements.Order(StringComparer.Ordinal))}"));
        foreach (var (attribute, value) in start.Groups["attribute"].Captures.Zip(start.Groups["value"].Captures)) Attribute(name, attribute.Value.ToLowerInvariant(), value);
        if (!Empty.Contains(name) && !start.Groups["slash"].Success) open.Push((name, at));
        else if (!Empty.Contains(name)) faults.Add(new(at, $"<{name}/> does not close itself: write <{name}></{name}>"));
        if (open.Count > Deepest) faults.Add(new(at, $"elements stand within each other more than {Deepest} deep"));
        return at + start.Length;
    }

    private void Close(string name, int at)
    {
        if (open.Count == 0 || (blocks.TryPeek(out var around) && open.Count <= around)) faults.Add(new(at, $"</{name}> closes nothing"));
        else if (open.Peek().Name != name) faults.Add(new(at, $"</{name}> stands where </{open.Peek().Name}> must"));
        else open.Pop();
    }

    private void Attribute(string element, string name, Capture quoted)
    {
        var (at, value) = (quoted.Index + 1, quoted.Value[1..^1]);
        if (value.Contains("{{#", StringComparison.Ordinal) || value.Contains("{{/", StringComparison.Ordinal) || Else().IsMatch(value)) faults.Add(new(at, "blocks stand around elements, not within an attribute"));
        if ((element, name) is ("a", "href")) CheckLink(at, value);
        else if ((element, name) is ("img", "src")) CheckPicture(at, value);
        else if (!Attributes.Contains(name)) faults.Add(new(at, $"the attribute {name} is not taken on <{element}>"));
        else if (name == "style" && StyleThatActs().IsMatch(value)) faults.Add(new(at, "a style must be plain properties: no addresses, no escapes, no comments, no placeholders"));
        else if (!ForWords.Contains(name) && value.Contains("{{", StringComparison.Ordinal)) faults.Add(new(at, $"no placeholder stands in the attribute {name}: they are for {string.Join(", ", ForWords.Order(StringComparer.Ordinal))} and href"));
    }

    /// <summary>Whatever a value says, it leads nowhere but to the place that is written in the template.</summary>
    private void CheckLink(int at, string address)
    {
        if (addresses.Contains(address) || Link().IsMatch(address)) return;
        faults.Add(new(at, $"a link must be {string.Join(" or ", addresses)}, or begin with https://host/, http://host/, mailto: or tel: as it is written here"));
    }

    private void CheckPicture(int at, string address)
    {
        if (Picture().IsMatch(address)) return;
        faults.Add(new(at, "a picture must begin with https:// and have no placeholder"));
    }

    [GeneratedRegex("""\G<(?<name>[A-Za-z][A-Za-z0-9]*)(\s+(?<attribute>[A-Za-z][A-Za-z-]*)=(?<value>"[^"<>]*"|'[^'<>]*'))*\s*(?<slash>/)?>""", RegexOptions.ExplicitCapture)]
    private static partial Regex StartTag();

    [GeneratedRegex(@"\G</(?<name>[A-Za-z][A-Za-z0-9]*)\s*>", RegexOptions.ExplicitCapture)]
    private static partial Regex EndTag();

    [GeneratedRegex(@"\{\{\s*else\s*\}\}")]
    private static partial Regex Else();

    [GeneratedRegex(@"[\\&@<{]|/\*|url\s*\(|expression|javascript|behavior|-moz-binding", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StyleThatActs();

    [GeneratedRegex(@"\A(https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[^\s]*)?|mailto:[^\s{}]+|tel:[0-9+().-]+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"\Ahttps://[A-Za-z0-9.-]+(:[0-9]+)?/[^\s{}]*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Picture();
}
