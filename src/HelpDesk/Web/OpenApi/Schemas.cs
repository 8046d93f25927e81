using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HelpDesk.Web.OpenApi;

internal static class Schemas
{
    public static async Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var type = context.JsonTypeInfo.Type;
        TextSchemas.Describe(schema, type);
        if (context.JsonPropertyInfo?.AssociatedParameter is { HasDefaultValue: true, DefaultValue: null }) TextSchemas.TakeNull(schema, type);
        // A member whose form depends on others is an object all the same; within dictionaries it is any value.
        if (type == typeof(JsonElement) && context.JsonPropertyInfo is not null) schema.Type = JsonSchemaType.Object;
        if (SchemaNames.IsOptional(type)) Become(schema, await context.GetOrCreateSchemaAsync(type.GetGenericArguments()[0], null, cancel));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && (schema.Items is null || SchemaNames.Inner(type.GetGenericArguments()[0]) is not null))
        {
            // The exporter of schemas leaves the items out where the list may be null, and cannot look into what has a converter.
            var item = type.GetGenericArguments()[0];
            schema.Items = await context.GetOrCreateSchemaAsync(SchemaNames.Inner(item) ?? item, null, cancel);
        }
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(MergePatch<>))
        {
            // A component of its own, under its own name: in a patch nothing is required.
            var own = schema.Metadata;
            var patched = type.GetGenericArguments()[0];
            Become(schema, await context.GetOrCreateSchemaAsync(patched, null, cancel));
            schema.Metadata = own;
            schema.Required = null;
            schema.Examples = patched.GetCustomAttribute<PatchExampleAttribute>() is { } patch ? [Parse(patch.Json)] : null;
            schema.Description = "Members that are left out stay, null removes, objects are merged member by member, arrays are replaced (RFC 7386).";
        }
        // A member's own example, or that of its type: a component may first be met as a member.
        IEnumerable<ICustomAttributeProvider?> places = [context.JsonPropertyInfo?.AttributeProvider, context.JsonPropertyInfo?.AssociatedParameter?.AttributeProvider, type];
        if (places.SelectMany(place => place?.GetCustomAttributes(typeof(ExampleAttribute), false) ?? []).FirstOrDefault() is ExampleAttribute example)
        {
            schema.Examples = [Parse(example.Json)];
        }
    }

    private static void Become(OpenApiSchema schema, OpenApiSchema other)
    {
        (schema.Type, schema.Format, schema.Properties, schema.Items) = (other.Type, other.Format, other.Properties, other.Items);
        (schema.Enum, schema.AnyOf, schema.OneOf, schema.Examples) = (other.Enum, other.AnyOf, other.OneOf, other.Examples);
        (schema.AdditionalProperties, schema.AdditionalPropertiesAllowed, schema.Metadata) = (other.AdditionalProperties, other.AdditionalPropertiesAllowed, other.Metadata);
    }

    private static JsonNode Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json)!;
        }
        catch (JsonException)
        {
            return JsonValue.Create(json);
        }
    }
}
