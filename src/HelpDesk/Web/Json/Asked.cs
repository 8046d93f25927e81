using System.Text.Json;
using System.Text.Json.Serialization;
using HelpDesk.Web.Problems;

namespace HelpDesk.Web.Json;

/// <summary>One question of several: as it was asked, or why it cannot be read, which is its own affair and not the others'.</summary>
[JsonConverter(typeof(AskedConverterFactory))]
public readonly record struct Asked<T>
    where T : class
{
    private readonly T? question;
    private readonly Refusal? refusal;

    internal Asked(T? question, Refusal? refusal) => (this.question, this.refusal) = (question, refusal);

    /// <summary>The question, which keeps the rules of every body; or a refusal.</summary>
    internal async Task<T> Read(HttpContext http)
    {
        if (question is null) throw refusal ?? Refusal.Invalid("$", "must not be null");
        BodyWalk.Refuse(question);
        await Validation.Check(question, http);
        return question;
    }
}

internal sealed class AskedConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Asked<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(AskedConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()[0]))!;
}

internal sealed class AskedConverter<T> : JsonConverter<Asked<T>>
    where T : class
{
    public override bool HandleNull => true;

    public override Asked<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // What is no JSON at all is everybody's affair.
        using var asked = JsonDocument.ParseValue(ref reader);
        try
        {
            return new(asked.Deserialize<T>(options), null);
        }
        catch (JsonException error)
        {
            return new(null, JsonProblem.From(error));
        }
        catch (InvalidOperationException)
        {
            return new(null, Refusal.Invalid("$", KeepableText.NotUnicode));
        }
    }

    public override void Write(Utf8JsonWriter writer, Asked<T> value, JsonSerializerOptions options) => throw new NotSupportedException();
}
