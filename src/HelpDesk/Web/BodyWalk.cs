using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using HelpDesk.Web.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace HelpDesk.Web;

/// <summary>
/// What System.Text.Json lets through: it holds members to their nullable annotations but not the elements of lists and dictionaries (<c>"tags": [null]</c> would
/// reach code that was promised strings), and takes text that cannot be kept. Refused here, by the member's name.
/// </summary>
internal static class BodyWalk
{
    private static readonly ConcurrentDictionary<Type, (PropertyInfo Property, string Name, bool IsOptional, NullabilityInfo Nullability)[]> Members = new();

    public static void Refuse(object document) => Walk(document, null, "");

    private static void Walk(object? value, NullabilityInfo? nullability, string path)
    {
        switch (value)
        {
            case null:
                return;
            case string text:
                KeepableText.Check(text, path);
                return;
            case JsonElement json:
                KeepableText.Check(json, path);
                return;
            case IDictionary entries:
                foreach (DictionaryEntry entry in entries)
                {
                    if (entry.Key is string key) KeepableText.Check(key, path);
                    Element(entry.Value, nullability?.GenericTypeArguments.LastOrDefault(), $"{path}.{entry.Key}");
                }

                return;
            case IEnumerable elements when IsOurs(value.GetType(), elements: true):
                var index = 0;
                var element = nullability?.ElementType ?? nullability?.GenericTypeArguments.FirstOrDefault();
                foreach (var each in elements) Element(each, element, $"{path}[{index++}]");
                return;
        }
        if (!IsOurs(value.GetType(), elements: false)) return;
        foreach (var (property, name, isOptional, kind) in Members.GetOrAdd(value.GetType(), MembersOf))
        {
            if (property.GetValue(value) is not { } member) continue;
            // An Optional is no level of the document, and its value is declared where the Optional is.
            if (isOptional) Walk(member, nullability?.GenericTypeArguments[0], path);
            else Walk(member, kind, path.Length == 0 ? name : $"{path}.{name}");
        }
    }

    private static void Element(object? value, NullabilityInfo? nullability, string path)
    {
        if (value is null && nullability?.ReadState == NullabilityState.NotNull) throw Refusal.Invalid(path, "must not be null");
        Walk(value, nullability, path);
    }

    private static (PropertyInfo, string, bool, NullabilityInfo)[] MembersOf(Type type)
    {
        var context = new NullabilityInfoContext();
        return
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0 && property.CanRead && !IsBare(property.PropertyType))
                .Select(property => (property, Name(property), IsOptional(property.DeclaringType!), context.Create(property))),
        ];
    }

    private static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);

    /// <summary>Numbers, instants, words of a list of ours: there is nothing in them to look at.</summary>
    private static bool IsBare(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsValueType: true } bare && (bare.IsPrimitive || bare.IsEnum || !IsOurs(bare, elements: false)) && bare != typeof(JsonElement);

    /// <summary>Documents of the framework (JsonElement, JsonObject) have no annotations to keep.</summary>
    private static bool IsOurs(Type type, bool elements) =>
        type.Namespace is { } name && !name.StartsWith("System.Text.Json", StringComparison.Ordinal) && !name.StartsWith("NodaTime", StringComparison.Ordinal)
        && (elements || (!type.IsPrimitive && !type.IsEnum && !name.StartsWith("System", StringComparison.Ordinal)));

    private static string Name(PropertyInfo property) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}

internal sealed class BodyWalkFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } body
            && context.Arguments.FirstOrDefault(body.IsInstanceOfType) is { } document)
        {
            BodyWalk.Refuse(document);
        }

        foreach (var (name, values) in context.HttpContext.Request.Query)
        {
            foreach (var value in values) KeepableText.Check(value ?? "", name);
        }

        return next(context);
    }
}
