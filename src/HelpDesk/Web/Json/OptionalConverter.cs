using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HelpDesk.Web.Json;

internal sealed class OptionalConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => Create(typeToConvert, takesNull: true);

    public static JsonConverter Create(Type optional, bool takesNull) =>
        (JsonConverter)Activator.CreateInstance(typeof(OptionalConverter<>).MakeGenericType(optional.GetGenericArguments()[0]), args: [takesNull])!;
}

internal sealed class OptionalConverter<T>(bool takesNull) : JsonConverter<Optional<T>>
{
    public override bool HandleNull => true;

    public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null && (!takesNull || default(T) is not null)) throw new JsonException("must not be null");
        try
        {
            return new(JsonSerializer.Deserialize<T>(ref reader, options)!);
        }
        catch (JsonException error)
        {
            throw new NestedJsonException(error);
        }
    }

    public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Value, options);
}

/// <summary>A value read by itself knows its path only from itself on; the serializer adds the path that leads to it.</summary>
internal sealed class NestedJsonException(JsonException error) : JsonException(error.Message, error)
{
    public JsonException Cause { get; } = error;
}

/// <summary>Whether <c>Optional&lt;string&gt;</c> takes null is known only to the member that declares it.</summary>
internal static class OptionalMembers
{
    public static void Mark(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
        {
            if (!member.PropertyType.IsGenericType || member.PropertyType.GetGenericTypeDefinition() != typeof(Optional<>)) continue;
            if (member.AttributeProvider is not PropertyInfo property) continue;
            var argument = new NullabilityInfoContext().Create(property).GenericTypeArguments[0];
            member.CustomConverter = OptionalConverterFactory.Create(member.PropertyType, argument.ReadState == NullabilityState.Nullable);
            member.ShouldSerialize = (_, value) => value is not null && (bool)member.PropertyType.GetProperty(nameof(Optional<>.IsGiven))!.GetValue(value)!;
        }
    }
}
