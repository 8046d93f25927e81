using System.Text.RegularExpressions;

namespace HelpDesk.Templates;

internal enum TagType
{
    Value,
    If,
    Unless,
    Each,
    Else,
    End,
}

/// <summary>One tag of a template. <paramref name="Name"/> is the placeholder's, of an end the block's, and of an else empty.</summary>
internal readonly partial record struct TemplateTag(int At, int Length, TagType Type, string Name)
{
    public int End => At + Length;

    public bool Opens => Type is TagType.If or TagType.Unless or TagType.Each;

    public override string ToString() => Type switch
    {
        TagType.Value => $"{{{{{Name}}}}}",
        TagType.Else => "{{else}}",
        TagType.End => $"{{{{/{Name}}}}}",
        _ => $"{{{{#{Word(Type)} {Name}}}}}",
    };

    public static string Word(TagType type) => type == TagType.If ? "if" : type == TagType.Unless ? "unless" : "each";

    /// <summary>
    /// The tags in their order. Only what is written here is taken: Handlebars knows more (partials, helpers, paths, raw values), and none of that is for templates
    /// that are stored. Ends with the first tag that is none of ours.
    /// </summary>
    public static IReadOnlyList<TemplateTag> In(string source, List<Fault> faults)
    {
        var tags = new List<TemplateTag>();
        for (var at = source.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = source.IndexOf("{{", tags[^1].End, StringComparison.Ordinal))
        {
            if (Broken(source, at) is { } what)
            {
                faults.Add(new(at, what));
                break;
            }

            var end = source.IndexOf("}}", at, StringComparison.Ordinal) + 2;
            if (Read(source, at, end) is not { } tag)
            {
                faults.Add(new(at, $"{Short(source[at..end])} is not known here: a tag is {{{{name}}}}, {{{{#if name}}}}, {{{{#unless name}}}}, {{{{#each list}}}}, {{{{else}}}}, or the end of one of these"));
                break;
            }

            tags.Add(tag);
        }

        return tags;
    }

    private static string? Broken(string source, int at)
    {
        if (at > 0 && source[at - 1] == '\\') return "a backslash must not stand before {{";
        if (source.AsSpan(at).StartsWith("{{{")) return "{{{ is not known here: values are written with two braces, and escaped in HTML";
        var end = source.IndexOf("}}", at, StringComparison.Ordinal);
        var next = source.IndexOf("{{", at + 2, StringComparison.Ordinal);
        if (end < 0 || (next >= 0 && next < end)) return "{{ is not closed by }}";
        return source.AsSpan(end).StartsWith("}}}") ? "a tag ends in two braces, not three" : null;
    }

    private static TemplateTag? Read(string source, int at, int end)
    {
        var inner = source[(at + 2)..(end - 2)].Trim();
        if (inner == "else") return new(at, end - at, TagType.Else, "");
        if (inner is "/if" or "/unless" or "/each") return new(at, end - at, TagType.End, inner[1..]);
        if (Form().Match(inner) is not { Success: true } form) return null;
        var type = form.Groups["block"].Value switch
        {
            "if" => TagType.If,
            "unless" => TagType.Unless,
            "each" => TagType.Each,
            _ => TagType.Value,
        };
        return new(at, end - at, type, form.Groups["name"].Value);
    }

    private static string Short(string tag) => tag.Length <= 60 ? tag : tag[..57] + "…";

    [GeneratedRegex(@"\A(#(?<block>if|unless|each) +)?(?<name>[A-Za-z][A-Za-z0-9]*)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
