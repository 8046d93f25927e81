using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace HelpDesk.Tests.Support;

/// <summary>A part of a YAML document. What is not there is there as nothing: empty, and without text.</summary>
internal sealed class Yaml
{
    private readonly YamlNode? node;

    private Yaml(YamlNode? node) => this.node = node;

    public bool Exists => node is not null;

    public string Text => (node as YamlScalarNode)?.Value ?? "";

    /// <summary>Whether it is written in quotes, and so text whatever it looks like.</summary>
    public bool IsQuoted => (node as YamlScalarNode)?.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted or ScalarStyle.Literal or ScalarStyle.Folded;

    public bool IsMap => node is YamlMappingNode;

    public bool IsList => node is YamlSequenceNode;

    public IReadOnlyList<Yaml> Items => node is YamlSequenceNode list ? [.. list.Children.Select(item => new Yaml(item))] : [];

    public IReadOnlyList<(string Key, Yaml Value)> Members => node is YamlMappingNode map ? [.. map.Children.Select(pair => (((YamlScalarNode)pair.Key).Value!, new Yaml(pair.Value)))] : [];

    public IReadOnlyList<string> Keys => [.. Members.Select(member => member.Key)];

    public IReadOnlyList<string> Texts => [.. Items.Select(item => item.Text)];

    public Yaml this[string key] => new(Members.FirstOrDefault(member => member.Key == key).Value?.node);

    /// <summary>With what is merged into it (<c>&lt;&lt;</c>); its own come first.</summary>
    public IReadOnlyList<(string Key, Yaml Value)> Merged =>
    [
        .. Members.Where(member => member.Key != "<<")
            .Concat(Members.Where(member => member.Key == "<<").SelectMany(member => member.Value.Merged)).DistinctBy(member => member.Key),
    ];

    /// <summary>A member, merged in or its own.</summary>
    public Yaml Get(string key) => new(Merged.FirstOrDefault(member => member.Key == key).Value?.node);

    /// <summary>The documents of a file of the repository.</summary>
    public static IReadOnlyList<Yaml> Read(params string[] path)
    {
        var stream = new YamlStream();
        using var file = File.OpenText(Repository.File(path));
        stream.Load(file);
        return [.. stream.Documents.Select(document => new Yaml(document.RootNode))];
    }

    /// <summary>Itself and everything in it.</summary>
    public IEnumerable<Yaml> All() => Items.Concat(Members.Select(member => member.Value)).SelectMany(part => part.All()).Prepend(this);
}
