using System.Text.Json;
using System.Text.Json.Serialization;

namespace HelpDesk.Web.Json;

/// <summary>Enums as their words. The framework's own converter would also take other cases and lists ("low,high").</summary>
internal sealed class WordConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(WordConverter<>).MakeGenericType(typeToConvert))!;
}

internal sealed class WordConverter<T> : TextConverter<T>
    where T : struct, Enum
{
    protected override string Rule => Words<T>.Rule;

    protected override bool TryParse(string text, out T value, out string? rule)
    {
        rule = null;
        return Words<T>.TryParse(text, out value);
    }

    protected override string Format(T value) => Words<T>.Of(value);
}
