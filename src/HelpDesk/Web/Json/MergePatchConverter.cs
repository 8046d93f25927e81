using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HelpDesk.Web.Json;

internal sealed class MergePatchConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(MergePatch<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(MergePatchConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()[0]))!;
}

/// <summary>A member of a document was refused, by names as seen from that member; <see cref="JsonException.Path"/> says where it stands.</summary>
internal sealed class RefusedJsonException(Refusal refusal) : JsonException
{
    public Refusal Refusal { get; } = refusal;
}

internal sealed class MergePatchConverter<T> : JsonConverter<MergePatch<T>>
    where T : class
{
    public override MergePatch<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("must be an object");
        var isMember = reader.CurrentDepth > 0;
        try
        {
            return new((JsonObject)StrictNodes.Read(ref reader, "")!);
        }
        // Where the patch stands in a larger document the serializer knows its place.
        catch (Refusal refusal) when (isMember)
        {
            throw new RefusedJsonException(refusal);
        }
    }

    public override void Write(Utf8JsonWriter writer, MergePatch<T> value, JsonSerializerOptions options) => throw new NotSupportedException();
}
