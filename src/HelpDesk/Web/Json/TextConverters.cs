using System.Text.Json;
using System.Text.Json.Serialization;

namespace HelpDesk.Web.Json;

/// <summary>A value that JSON carries as a string of one form; anything else is refused with the form's rule.</summary>
internal abstract class TextConverter<T> : JsonConverter<T>
{
    protected abstract string Rule { get; }

    protected abstract bool TryParse(string text, out T value, out string? rule);

    protected abstract string Format(T value);

    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Parse(reader.GetString()!) : throw new JsonException(Rule);

    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));

    public sealed override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString()!);

    public sealed override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Format(value));

    private T Parse(string text) => TryParse(text, out var value, out var rule) ? value : throw new JsonException(rule ?? Rule);
}

internal sealed class InstantConverter : TextConverter<Instant>
{
    protected override string Rule => InstantText.Rule;

    protected override bool TryParse(string text, out Instant value, out string? rule)
    {
        rule = null;
        return InstantText.TryParse(text, out value);
    }

    protected override string Format(Instant value) => InstantText.Format(value);
}

internal sealed class DurationConverter : TextConverter<Duration>
{
    protected override string Rule => IsoDuration.Form;

    protected override bool TryParse(string text, out Duration value, out string? rule) => IsoDuration.TryParse(text, out value, out rule);

    protected override string Format(Duration value) => IsoDuration.Format(value);
}

internal sealed class IsoDurationConverter : TextConverter<IsoDuration>
{
    protected override string Rule => IsoDuration.Form;

    protected override bool TryParse(string text, out IsoDuration value, out string? rule)
    {
        var good = IsoDuration.TryParse(text, out var duration, out rule);
        value = good ? new(duration, text) : default;
        return good;
    }

    protected override string Format(IsoDuration value) => value.ToString();
}

internal sealed class LocalTimeConverter : TextConverter<LocalTime>
{
    private static readonly NodaTime.Text.LocalTimePattern Pattern = NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    protected override string Rule => "must be a local time as HH:mm, for example 08:30";

    protected override bool TryParse(string text, out LocalTime value, out string? rule)
    {
        rule = null;
        return Pattern.Parse(text).TryGetValue(default, out value);
    }

    protected override string Format(LocalTime value) => Pattern.Format(value);
}

internal sealed class LocalDateConverter : TextConverter<LocalDate>
{
    protected override string Rule => "must be a date as yyyy-MM-dd, for example 2026-12-24";

    protected override bool TryParse(string text, out LocalDate value, out string? rule)
    {
        rule = null;
        return NodaTime.Text.LocalDatePattern.Iso.Parse(text).TryGetValue(default, out value);
    }

    protected override string Format(LocalDate value) => NodaTime.Text.LocalDatePattern.Iso.Format(value);
}
