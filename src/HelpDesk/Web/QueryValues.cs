namespace HelpDesk.Web;

/// <summary>Values that handlers read from the query themselves.</summary>
internal static class QueryValues
{
    /// <summary>Alternatives: <c>?queue=billing,sales</c> or repeated. Empty when it is not there.</summary>
    public static string[] Texts(HttpRequest request, string parameter) =>
        [.. request.Query[parameter].SelectMany(list => (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>Null when it is not there.</summary>
    public static bool? YesOrNo(HttpRequest request, string parameter) => request.Query[parameter] switch
    {
        not [{ Length: > 0 }] => null,
        ["true"] => true,
        ["false"] => false,
        _ => throw Refusal.Invalid(parameter, "must be true or false"),
    };

    public static Instant? InstantOf(HttpRequest request, string parameter) =>
        request.Query[parameter] is not [{ Length: > 0 } text] ? null
        : InstantText.TryParse(text, out var instant) ? instant
        : throw Refusal.Invalid(parameter, InstantText.Rule);
}
