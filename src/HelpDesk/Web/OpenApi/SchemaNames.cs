using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HelpDesk.Web.Json;
using Microsoft.AspNetCore.OpenApi;

namespace HelpDesk.Web.OpenApi;

/// <summary>
/// Names of components: a use case's <c>Request</c> is <c>OpenTicketRequest</c>, a <c>Paged&lt;Item&gt;</c> is <c>…ItemPage</c>. Values written as text stay inline.
/// </summary>
internal static class SchemaNames
{
    public static string? Of(JsonTypeInfo type)
    {
        var value = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (value.IsEnum) return value.Name;
        if (value == typeof(JsonElement)) return null;
        return TextSchemas.IsText(type.Type) || IsOptional(type.Type) || Inner(type.Type) is not null ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type) is null ? null : Of(type.Type);
    }

    public static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);

    /// <summary>What an item of a list is that is read by itself; null for all others.</summary>
    public static Type? Inner(Type item) => item.IsGenericType && item.GetGenericTypeDefinition() == typeof(Asked<>) ? item.GetGenericArguments()[0] : null;

    private static string Of(Type type)
    {
        var name = type.IsNested ? type.DeclaringType!.Name + type.Name : type.Name;
        if (!type.IsGenericType) return name;
        var argument = Of(type.GetGenericArguments()[^1]);
        return type.GetGenericTypeDefinition() == typeof(Paged<>) ? argument + "Page"
            : type.GetGenericTypeDefinition() == typeof(MergePatch<>) ? argument + "Patch"
            : name[..name.IndexOf('`', StringComparison.Ordinal)] + "Of" + argument;
    }
}
