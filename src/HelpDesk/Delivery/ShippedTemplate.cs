using System.Collections.Frozen;
using HelpDesk.Database;

namespace HelpDesk.Delivery;

/// <summary>A template that comes with the desk. There is one of every kind in every language that the desk knows; each is compiled when it is first needed.</summary>
internal sealed class ShippedTemplate
{
    private static readonly FrozenDictionary<(MessageKind, string), Lazy<ShippedTemplate>> All =
        (from kind in Enum.GetValues<MessageKind>()
         from language in Languages.All
         select (kind, language.Code)).ToFrozenDictionary(key => key, key => new Lazy<ShippedTemplate>(() => new(key.kind, key.Code)));

    private readonly Lazy<CompiledTemplate> compiled;

    private ShippedTemplate(MessageKind kind, string language)
    {
        Source = TemplateSource.Parse(TemplateSource.Resource($"{language}.{kind.Word()}"));
        compiled = new(() => CompiledTemplate.Of(Source, language));
    }

    public TemplateSource Source { get; }

    public CompiledTemplate Compiled => compiled.Value;

    /// <param name="locale">A language that the desk does not know, or that of a region, has none.</param>
    public static ShippedTemplate? Find(MessageKind kind, string locale) => All.TryGetValue((kind, locale.ToLowerInvariant()), out var template) ? template.Value : null;
}
