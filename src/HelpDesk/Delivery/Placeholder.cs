using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace HelpDesk.Delivery;

/// <summary>What a placeholder holds.</summary>
public enum PlaceholderType
{
    /// <summary>Words, written with <c>{{name}}</c>.</summary>
    Text,

    /// <summary>Entries, each with members of its own, gone through with <c>{{#each name}}</c>.</summary>
    List,

    /// <summary>True or false, asked with <c>{{#if name}}</c> or <c>{{#unless name}}</c>.</summary>
    Flag,
}

/// <summary>Says that templates may use a property of a model, and what it means. A property without this is not for templates.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PlaceholderAttribute(string meaning, string? example = null) : Attribute
{
    public string Meaning { get; } = meaning;

    public string? Example { get; } = example;

    /// <summary>The kinds of message that have it; all of the model's, if left empty.</summary>
    public MessageKind[] Only { get; init; } = [];

    /// <summary>A text must say it: without it the message would not be what it is sent for.</summary>
    public bool MustBeSaid { get; init; }

    /// <summary>The kinds whose text need not.</summary>
    public MessageKind[] NeedNotBeSaidIn { get; init; } = [];

    /// <summary>A web address of the desk's own, which may be linked to.</summary>
    public bool IsAddress { get; init; }
}

/// <summary>A place in a template that a message fills in.</summary>
/// <param name="IsOptional">It may be missing: <c>{{#if name}}</c> asks.</param>
/// <param name="Members">Of a list: what its entries have.</param>
internal sealed record Placeholder(
    string Name, PlaceholderType Type, bool IsOptional, bool MustBeSaid, bool IsAddress, string Meaning, string? Example, IReadOnlyList<Placeholder> Members)
{
    /// <summary>Those of a model, in the order of its properties.</summary>
    public static IReadOnlyList<Placeholder> Of(Type model, MessageKind kind) =>
        [.. model.GetProperties().Select(property => (Property: property, Said: property.GetCustomAttribute<PlaceholderAttribute>()))
            .Where(each => each.Said is { } said && (said.Only.Length == 0 || said.Only.Contains(kind)))
            .Select(each => Of(each.Property, each.Said!, kind))];

    private static Placeholder Of(PropertyInfo property, PlaceholderAttribute said, MessageKind kind)
    {
        var type = property.PropertyType == typeof(bool) ? PlaceholderType.Flag
            : property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)) ? PlaceholderType.List
            : PlaceholderType.Text;
        var isOptional = type == PlaceholderType.List || (type == PlaceholderType.Text && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable);
        var members = type == PlaceholderType.List ? Of(property.PropertyType.GetGenericArguments()[0], kind) : [];
        return new(
            JsonNamingPolicy.CamelCase.ConvertName(property.Name), type, isOptional, said.MustBeSaid && !said.NeedNotBeSaidIn.Contains(kind), said.IsAddress, said.Meaning, said.Example, members);
    }
}
