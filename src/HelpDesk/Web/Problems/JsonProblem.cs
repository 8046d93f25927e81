using System.Text.Json;
using System.Text.RegularExpressions;
using HelpDesk.Web.Json;

namespace HelpDesk.Web.Problems;

/// <summary>What System.Text.Json says about a body, in words for whoever wrote the body: the member and the rule, no .NET types.</summary>
internal static partial class JsonProblem
{
    /// <summary>The rule that a member breaks which the document does not have.</summary>
    public const string Unknown = "is not a member that is known here";

    private static readonly string[] IsRequired = ["is required"];

    public static Refusal From(JsonException error)
    {
        var path = error.Path ?? "$";
        while (error is NestedJsonException nested) path += (error = nested.Cause).Path?[1..];
        var member = MemberPaths.FromJsonPath(path);
        if (error is RefusedJsonException { Refusal: var refused })
        {
            return Refusal.Invalid((refused.Errors ?? new Dictionary<string, string[]>()).ToDictionary(fault => fault.Key == "$" ? member : $"{member}.{fault.Key}", fault => fault.Value));
        }

        // The reader's own exception is internal to System.Text.Json.
        if (error.InnerException is JsonException reader && reader.GetType() != typeof(JsonException)) return Malformed(error, member);
        if (Missing().Match(error.Message) is { Success: true } missing) return Refusal.Invalid(Required(member, missing));
        if (Unmapped().Match(error.Message) is { Success: true } unknown) return Refusal.Invalid(Under(member, unknown.Groups[1].Value), Unknown);
        if (Duplicate().Match(error.Message) is { Success: true } twice) return Refusal.Invalid(Under(member, twice.Groups[1].Value), "stands twice");
        if (TwiceInDictionary().IsMatch(error.Message)) return Refusal.Invalid(member, "stands twice");
        if (Null().IsMatch(error.Message) || Null().IsMatch(error.InnerException?.Message ?? "")) return Refusal.Invalid(member, "must not be null");
        if (NotUnicode().IsMatch(error.InnerException?.Message ?? "")) return Refusal.Invalid(member, KeepableText.NotUnicode);
        if (WrongType().Match(error.Message) is { Success: true } type) return Refusal.Invalid(member, Kind(Wanted(type.Groups[1].Value, error.InnerException)));
        return Refusal.Invalid(member, error.Message);
    }

    private static Refusal Malformed(JsonException error, string member) => new(
        StatusCodes.Status400BadRequest,
        "malformed",
        "The body is not JSON",
        $"Reading stopped at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}.",
        new Dictionary<string, string[]> { [member] = ["is where reading stopped"] });

    private static Dictionary<string, string[]> Required(string parent, Match missing) =>
        Quoted().Matches(missing.Groups[1].Value).ToDictionary(name => Under(parent, name.Groups[1].Value), _ => IsRequired);

    /// <summary>Some messages come with the member's own path, some with its parent's.</summary>
    private static string Under(string parent, string member) =>
        parent == "$" ? member : parent == member || parent.EndsWith("." + member, StringComparison.Ordinal) ? parent : $"{parent}.{member}";

    /// <summary>Of some values the message names not their own type but that of the object they stand in; then the cause knows better.</summary>
    private static string Wanted(string type, Exception? cause)
    {
        if (type.StartsWith("System.", StringComparison.Ordinal)) return type;
        var better = cause is FormatException ? OutOfBounds().Match(cause.Message) : WrongToken().Match(cause?.Message ?? "");
        return better.Success ? better.Groups["type"].Value : type;
    }

    /// <summary>For a value of this type, wherever it stands.</summary>
    public static string Rule(Type type) => Kind((Nullable.GetUnderlyingType(type) ?? type).FullName!);

    private static string Kind(string type) => type switch
    {
        "System.String" or "string" => "must be a string",
        "System.Boolean" or "boolean" => "must be true or false",
        "number" => "must be a number",
        "System.Int32" or "System.Int64" or "System.Int16" or "Int32" or "Int64" or "Int16" => "must be a whole number",
        "System.Decimal" or "System.Double" or "Decimal" or "Double" => "must be a number",
        "System.Guid" or "Guid" => "must be a UUID",
        _ when type.EndsWith("[]", StringComparison.Ordinal) || type.Contains("List`1", StringComparison.Ordinal) => "must be an array",
        _ when type.StartsWith("System.Nullable`1[", StringComparison.Ordinal) => Kind(type["System.Nullable`1[".Length..].TrimEnd(']')),
        _ => "must be an object",
    };

    [GeneratedRegex("missing required properties including: (.*?)\\.?$", RegexOptions.Singleline)]
    private static partial Regex Missing();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("JSON property '(.*)' could not be mapped to any")]
    private static partial Regex Unmapped();

    [GeneratedRegex("Duplicate property '(.*)' encountered")]
    private static partial Regex Duplicate();

    /// <summary>Of what has keys of its own: the path names the key.</summary>
    [GeneratedRegex("^Duplicate properties not allowed during deserialization")]
    private static partial Regex TwiceInDictionary();

    [GeneratedRegex("doesn't allow (setting )?null values|Cannot get the value of a token type 'Null'")]
    private static partial Regex Null();

    [GeneratedRegex("Cannot transcode invalid UTF-8|incomplete UTF-16|invalid UTF-16")]
    private static partial Regex NotUnicode();

    [GeneratedRegex("Cannot get the value of a token type '.*' as an? (?<type>\\w+)")]
    private static partial Regex WrongToken();

    [GeneratedRegex("out of bounds for an? (?<type>\\w+)|is not in a supported (?<type>\\w+) format")]
    private static partial Regex OutOfBounds();

    [GeneratedRegex("JSON value could not be converted to (.*?)\\. Path:")]
    private static partial Regex WrongType();
}
