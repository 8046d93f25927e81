using System.Text.Json;

namespace HelpDesk.CustomFields;

/// <summary>What JSON can say and jsonb cannot keep: U+0000, halves of characters, numbers beyond all measure.</summary>
internal static class KeepableJson
{
    private const int LongestNumber = 400;

    public static void Check(IReadOnlyDictionary<string, JsonElement>? values, Dictionary<string, string[]> errors)
    {
        foreach (var (key, value) in values ?? new Dictionary<string, JsonElement>())
        {
            if (key.Length is 0 or > 200 || key.Contains('\0')) errors["customFields"] = ["must have keys of 1 to 200 characters, without U+0000"];
            else if (Broken(value) is { } rule) errors[$"customFields.{key}"] = [rule];
        }
    }

    private static string? Broken(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Text(value.GetString),
        JsonValueKind.Number => IsMeasurable(value) ? null : "must be a number within the range of a 64-bit floating-point number",
        JsonValueKind.Array => value.EnumerateArray().Select(Broken).FirstOrDefault(rule => rule is not null),
        JsonValueKind.Object => value.EnumerateObject().Select(member => Text(() => member.Name) ?? Broken(member.Value)).FirstOrDefault(rule => rule is not null),
        _ => null,
    };

    private static string? Text(Func<string?> read)
    {
        try
        {
            return read()?.Contains('\0') == true ? "must not have the character U+0000" : null;
        }
        catch (InvalidOperationException)
        {
            return "must be Unicode text: it has halves of characters that mean nothing";
        }
    }

    private static bool IsMeasurable(JsonElement number)
    {
        var raw = number.GetRawText();
        if (raw.Length > LongestNumber || !number.TryGetDouble(out var read) || !double.IsFinite(read)) return false;
        // Too small to be told from nothing.
        return read != 0 || raw.TakeWhile(letter => letter is not ('e' or 'E')).All(letter => letter is '0' or '.' or '-');
    }
}
