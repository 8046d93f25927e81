using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace HelpDesk.Web.OpenApi;

/// <summary>Values that converters of our own carry as text: the exporter of schemas cannot look inside these.</summary>
internal static class TextSchemas
{
    private static readonly Dictionary<Type, (string Format, string Example, string? Pattern)> Known = new()
    {
        [typeof(Instant)] = ("date-time", "2026-03-02T08:00:00Z", null),
        [typeof(Duration)] = ("duration", "PT1H30M", null),
        [typeof(IsoDuration)] = ("duration", "PT4H", null),
        [typeof(LocalTime)] = ("time", "08:30", "^([01][0-9]|2[0-3]):[0-5][0-9]$"),
        [typeof(LocalDate)] = ("date", "2026-12-24", null),
    };

    public static bool IsText(Type type) => Known.ContainsKey(Nullable.GetUnderlyingType(type) ?? type);

    public static void Describe(OpenApiSchema schema, Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        if (value.IsEnum) DescribeWords(schema, value);
        else if (Known.TryGetValue(value, out var text))
        {
            (schema.Format, schema.Examples, schema.Pattern) = (text.Format, [text.Example], text.Pattern);
        }
        else return;
        schema.Properties = null;
        // "HH:mm" is not the format "time" of JSON Schema, which wants seconds.
        if (value == typeof(LocalTime)) schema.Format = null;
        schema.Type = JsonSchemaType.String | (value != type && !value.IsEnum ? JsonSchemaType.Null : default);
    }

    /// <summary>Words that may be left out may be null too. Where they must stand, the exporter says so itself.</summary>
    public static void TakeNull(OpenApiSchema schema, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is not { IsEnum: true }) return;
        schema.Type |= JsonSchemaType.Null;
        schema.Enum = [.. schema.Enum!, null!];
    }

    private static void DescribeWords(OpenApiSchema schema, Type type)
    {
        var words = (IEnumerable<string>)typeof(Words<>).MakeGenericType(type).GetProperty(nameof(Words<>.All))!.GetValue(null)!;
        schema.Enum = [.. words.Select(word => JsonValue.Create(word))];
    }
}
