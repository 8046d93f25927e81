using System.Text.Json;
using HelpDesk.Database;
using HelpDesk.Web;
using Npgsql;

namespace HelpDesk.CustomFields;

/// <summary>The fields that are defined, to hold the values of a ticket to. Where none is defined, anything goes.</summary>
internal sealed class CustomFieldValues
{
    public const string Select = "select key, type, choices, required from custom_fields";

    private const int LongestText = 2_000;
    private static readonly NodaTime.Text.LocalDatePattern Dates = NodaTime.Text.LocalDatePattern.Iso;
    private readonly Dictionary<string, Field> fields = new(StringComparer.Ordinal);

    private sealed record Field(CustomFieldType Type, string[] Choices, bool Required);

    /// <summary>Reads what <see cref="Select"/> found.</summary>
    public static async Task<CustomFieldValues> Read(NpgsqlDataReader row, CancellationToken cancel)
    {
        var values = new CustomFieldValues();
        while (await row.ReadAsync(cancel))
        {
            values.fields[row.GetString(0)] = new Field(Conventions.FromWord<CustomFieldType>(row.GetString(1)), row.GetFieldValue<string[]>(2), row.GetBoolean(3));
        }

        return values;
    }

    public static async Task<CustomFieldValues> Load(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Select, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await Read(reader, cancel);
    }

    public bool Knows(string key) => fields.Count == 0 || fields.ContainsKey(key);

    /// <summary>The values of a new ticket.</summary>
    public void Check(IReadOnlyDictionary<string, JsonElement>? given)
    {
        if (fields.Count == 0) return;
        var errors = new Dictionary<string, string[]>();
        foreach (var (key, value) in given ?? new Dictionary<string, JsonElement>()) Check(key, value, errors);
        foreach (var key in fields.Where(field => field.Value.Required && given?.ContainsKey(field.Key) != true).Select(field => field.Key))
        {
            errors[Member(key)] = ["is required"];
        }

        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }

    /// <summary>Only what differs: values that were set under other rules stay as they are.</summary>
    public void CheckChange(IReadOnlyDictionary<string, JsonElement>? before, IReadOnlyDictionary<string, JsonElement>? after)
    {
        if (fields.Count == 0) return;
        var errors = new Dictionary<string, string[]>();
        foreach (var (key, value) in after ?? new Dictionary<string, JsonElement>())
        {
            if (before is null || !before.TryGetValue(key, out var old) || !JsonElement.DeepEquals(old, value)) Check(key, value, errors);
        }

        foreach (var key in (before?.Keys ?? []).Where(key => after?.ContainsKey(key) != true && fields.TryGetValue(key, out var field) && field.Required))
        {
            errors[Member(key)] = ["is required"];
        }

        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }

    private void Check(string key, JsonElement value, Dictionary<string, string[]> errors)
    {
        var rule = fields.TryGetValue(key, out var field) ? Broken(field, value) : "is not a custom field that is defined here: see /v1/custom-fields";
        if (rule is not null) errors[Member(key)] = [rule];
    }

    private static string Member(string key) => $"customFields.{key}";

    /// <summary>The rule that a value breaks, or null.</summary>
    private static string? Broken(Field field, JsonElement value) => field.Type switch
    {
        CustomFieldType.Text => value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= LongestText } text && !string.IsNullOrWhiteSpace(text)
            ? null : $"must be text of 1 to {LongestText} characters, not blank",
        CustomFieldType.Number => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out _) ? null : "must be a number",
        CustomFieldType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false",
        CustomFieldType.Date => value.ValueKind == JsonValueKind.String && Dates.Parse(value.GetString()!).Success ? null : "must be a date as yyyy-MM-dd, for example 2026-12-24",
        CustomFieldType.Choice => IsChoice(field, value) ? null : $"must be one of {string.Join(", ", field.Choices)}",
        _ => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(each => IsChoice(field, each)) && AreDifferent(value)
            ? null : $"must be an array of different ones of {string.Join(", ", field.Choices)}",
    };

    private static bool IsChoice(Field field, JsonElement value) => value.ValueKind == JsonValueKind.String && field.Choices.Contains(value.GetString());

    private static bool AreDifferent(JsonElement array) => array.EnumerateArray().Select(each => each.GetString()).Distinct().Count() == array.GetArrayLength();
}
