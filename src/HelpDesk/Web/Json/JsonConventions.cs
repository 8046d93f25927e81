using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HelpDesk.Web.Json;

/// <summary>JSON as the API writes and reads it: camelCase, enums as snake_case words, strict about everything a typo could hide in.</summary>
internal static class JsonConventions
{
    /// <summary>The same conventions outside of requests: for documents kept in jsonb columns, cursors and the like.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        // Names in Turkish and apostrophes stay readable; answers are application/json with nosniff, never part of a page.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(OptionalMembers.Mark).WithAddedModifier(OmitNullsAttribute.Apply);
        options.Converters.Add(new WordConverterFactory());
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new DurationConverter());
        options.Converters.Add(new IsoDurationConverter());
        options.Converters.Add(new LocalTimeConverter());
        options.Converters.Add(new LocalDateConverter());
        options.Converters.Add(new OptionalConverterFactory());
        options.Converters.Add(new MergePatchConverterFactory());
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly();
        return options;
    }
}
