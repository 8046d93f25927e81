using HelpDesk.Delivery;

namespace HelpDesk.Templates;

/// <summary>
/// What a text must keep to for HTML to be made of it: a block that begins within a paragraph or an entry ends within it. One whose tags fill lines of their
/// own goes around whole paragraphs.
/// </summary>
internal static class ParagraphRules
{
    /// <param name="tags">Their blocks close in their order.</param>
    public static void Check(string text, IReadOnlyList<TemplateTag> tags, List<Fault> faults)
    {
        var paragraphs = Paragraphs(text);
        var open = new Stack<(TemplateTag Tag, int Paragraph)>();
        foreach (var tag in tags)
        {
            if (tag.Type == TagType.Value) continue;
            var here = paragraphs[text.AsSpan(0, tag.At).Count('\n')];
            if (tag.Opens) open.Push((tag, here));
            else if (open.TryPeek(out var block))
            {
                if (block.Paragraph != here)
                {
                    faults.Add(new(block.Tag.At, $"{block.Tag} begins in one paragraph and has its {tag} in another: put the tags of the block on lines of their own, or send html too"));
                    return;
                }

                if (tag.Type == TagType.End) open.Pop();
            }
        }
    }

    /// <summary>Of each line the paragraph that it is in; 0 where it is structure.</summary>
    private static int[] Paragraphs(string text)
    {
        var lines = text.Split('\n');
        var paragraphs = new int[lines.Length];
        var (count, isWithin) = (0, false);
        for (var index = 0; index < lines.Length; index++)
        {
            var isStructure = DerivedHtml.IsStructure(lines[index]);
            if (isStructure || string.IsNullOrWhiteSpace(lines[index]) || DerivedHtml.IsEntry(lines[index])) isWithin = false;
            if (isStructure || string.IsNullOrWhiteSpace(lines[index])) continue;
            if (!isWithin) count++;
            paragraphs[index] = count;
            isWithin = !DerivedHtml.IsEntry(lines[index]);
        }

        return paragraphs;
    }
}
