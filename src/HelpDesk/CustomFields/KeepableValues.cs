using System.Text.Json;

namespace HelpDesk.CustomFields;

/// <summary>What JSON can say and jsonb cannot keep, besides text that no request may have: numbers beyond all measure. And keys that are none.</summary>
internal static class KeepableValues
{
    private const int LongestNumber = 400;

    public static void Check(IReadOnlyDictionary<string, JsonElement>? values, Dictionary<string, string[]> errors)
    {
        foreach (var (key, value) in values ?? new Dictionary<string, JsonElement>())
        {
            if (key.Length is 0 or > 200) errors["customFields"] = ["must have keys of 1 to 200 characters"];
            else if (Broken(value) is { } rule) errors[$"customFields.{key}"] = [rule];
        }
    }

    private static string? Broken(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => IsMeasurable(value) ? null : "must be a number within the range of a 64-bit floating-point number",
        JsonValueKind.Array => value.EnumerateArray().Select(Broken).FirstOrDefault(rule => rule is not null),
        JsonValueKind.Object => value.EnumerateObject().Select(member => Broken(member.Value)).FirstOrDefault(rule => rule is not null),
        _ => null,
    };

    private static bool IsMeasurable(JsonElement number)
    {
        var raw = number.GetRawText();
        if (raw.Length > LongestNumber || !number.TryGetDouble(out var read) || !double.IsFinite(read)) return false;
        // Too small to be told from nothing.
        return read != 0 || raw.TakeWhile(letter => letter is not ('e' or 'E')).All(letter => letter is '0' or '.' or '-');
    }
}
