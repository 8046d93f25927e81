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

internal sealed class MergePatchConverter<T> : JsonConverter<MergePatch<T>>
    where T : class
{
    public override MergePatch<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartObject
            ? new((JsonObject)StrictNodes.Read(ref reader, "")!)
            : throw new JsonException("must be an object");

    public override void Write(Utf8JsonWriter writer, MergePatch<T> value, JsonSerializerOptions options) => throw new NotSupportedException();
}
