using HelpDesk.Database;
using HelpDesk.Delivery;

namespace HelpDesk.Templates;

/// <summary>
/// Goes through the tags of one source: each placeholder must be one of the kind's, in its place; blocks must close in their order. Since every list is gone
/// through where its entries have no lists in turn, and nothing can call anything, a template that passes ends.
/// </summary>
internal sealed class TagWalk
{
    private const int Deepest = 8;
    private const int MostTags = 300;

    /// <summary>A value may be long: a template that says it over and over would make a mail of any length.</summary>
    private const int MostTimes = 20;

    private readonly MessageShape shape;
    private readonly List<Fault> faults;
    private readonly Stack<Block> blocks = [];
    private readonly Dictionary<string, int> times = [];
    private Scope scope;

    private TagWalk(MessageShape shape, List<Fault> faults)
    {
        (this.shape, this.faults) = (shape, faults);
        scope = new("", shape.Placeholders);
    }

    /// <param name="List">The list within whose entries this is; empty outside.</param>
    private sealed record Scope(string List, IReadOnlyList<Placeholder> Known);

    private sealed record Block(TemplateTag Tag, Scope Around)
    {
        public bool HasElse { get; set; }
    }

    /// <summary>What is said: <c>name</c>, and <c>list.name</c> within a list.</summary>
    public static IReadOnlySet<string> Check(MessageShape shape, IReadOnlyList<TemplateTag> tags, List<Fault> faults)
    {
        var walk = new TagWalk(shape, faults);
        foreach (var tag in tags) walk.Take(tag);
        foreach (var open in walk.blocks.Reverse()) faults.Add(new(open.Tag.At, $"{open.Tag} is not closed"));
        if (tags.Count > MostTags) faults.Add(new(tags[MostTags].At, $"there are more than {MostTags} tags"));
        return walk.times.Keys.ToHashSet();
    }

    private void Take(TemplateTag tag)
    {
        if (tag.Type == TagType.Else) Else(tag);
        else if (tag.Type == TagType.End) End(tag);
        else if (tag.Type == TagType.Value) Value(tag);
        else Open(tag);
    }

    private void Open(TemplateTag tag)
    {
        if (blocks.Count == Deepest) faults.Add(new(tag.At, $"blocks stand within each other more than {Deepest} deep"));
        blocks.Push(new(tag, scope));
        if (Known(tag) is not { } placeholder || tag.Type != TagType.Each) return;
        if (placeholder.Type == PlaceholderType.List) scope = new(tag.Name, placeholder.Members);
        else faults.Add(new(tag.At, $"{{{{#each}}}} goes through a list, and {tag.Name} is none: ask it with {{{{#if {tag.Name}}}}}"));
    }

    private void Else(TemplateTag tag)
    {
        if (!blocks.TryPeek(out var block)) faults.Add(new(tag.At, "{{else}} stands outside of any block"));
        else if (block.HasElse) faults.Add(new(tag.At, $"{block.Tag} has an {{{{else}}}} already"));
        else (block.HasElse, scope) = (true, block.Around);
    }

    private void End(TemplateTag tag)
    {
        if (!blocks.TryPeek(out var block)) faults.Add(new(tag.At, $"{tag} closes nothing"));
        else if (TemplateTag.Word(block.Tag.Type) != tag.Name) faults.Add(new(tag.At, $"{tag} stands where {{{{/{TemplateTag.Word(block.Tag.Type)}}}}} must: {block.Tag} is open"));
        if (blocks.TryPop(out var closed)) scope = closed.Around;
    }

    private void Value(TemplateTag tag)
    {
        if (Known(tag) is not { } placeholder) return;
        if (placeholder.Type == PlaceholderType.List) faults.Add(new(tag.At, $"{tag} is a list: go through it with {{{{#each {tag.Name}}}}}"));
        if (placeholder.Type == PlaceholderType.Flag) faults.Add(new(tag.At, $"{tag} is true or false: ask it with {{{{#if {tag.Name}}}}}"));
        var name = scope.List.Length == 0 ? tag.Name : $"{scope.List}.{tag.Name}";
        times[name] = times.GetValueOrDefault(name) + 1;
        if (times[name] == MostTimes + 1) faults.Add(new(tag.At, $"{tag} is said more than {MostTimes} times"));
    }

    private Placeholder? Known(TemplateTag tag)
    {
        var found = scope.Known.FirstOrDefault(placeholder => placeholder.Name == tag.Name);
        if (found is null) faults.Add(new(tag.At, Unknown(tag)));
        return found;
    }

    private string Unknown(TemplateTag tag)
    {
        var known = string.Join(", ", scope.Known.Select(placeholder => placeholder.Name));
        if (scope.List.Length == 0) return $"{tag} is not a placeholder of {shape.Kind.Word()}; known are {known}";
        var outside = shape.Placeholders.Any(placeholder => placeholder.Name == tag.Name) ? ", though it is outside of it" : "";
        return $"{tag} is not a placeholder within {{{{#each {scope.List}}}}} of {shape.Kind.Word()}{outside}; known are {known}";
    }
}
