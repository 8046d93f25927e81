namespace HelpDesk.Web;

/// <summary>
/// A well-formed request that a rule refuses. Becomes problem details with <c>type</c> = <c>urn:helpdesk:{code}</c>.
/// <paramref name="errors"/> names members (<c>path.to.member</c>) where members are at fault.
/// </summary>
internal sealed class Refusal(int status, string code, string title, string detail, IReadOnlyDictionary<string, string[]>? errors = null)
    : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string Title { get; } = title;

    public IReadOnlyDictionary<string, string[]>? Errors { get; } = errors;

    /// <summary>Further members of the problem, such as the id of what stands in the way.</summary>
    public IReadOnlyDictionary<string, object?> Members { get; private init; } = new Dictionary<string, object?>();

    /// <summary>400: a member's value breaks a rule of its form.</summary>
    public static Refusal Invalid(string member, string rule) => Invalid(new Dictionary<string, string[]> { [member] = [rule] });

    public static Refusal Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(StatusCodes.Status400BadRequest, "validation", "The request breaks a rule", "See errors for the members and their rules.", errors);

    /// <summary>409: refused by a rule, or a duplicate.</summary>
    public static Refusal Conflict(string code, string detail) => new(StatusCodes.Status409Conflict, code, "Refused by a rule", detail);

    /// <summary>The same, with a further member of the problem.</summary>
    public Refusal With(string member, object? value) => new(Status, Code, Title, Message, Errors) { Members = new Dictionary<string, object?>(Members) { [member] = value } };

    /// <summary>422: well-formed but impossible.</summary>
    public static Refusal Impossible(string code, string detail) =>
        new(StatusCodes.Status422UnprocessableEntity, code, "Well-formed, but impossible", detail);

    public static Refusal NotFound(string what) =>
        new(StatusCodes.Status404NotFound, "not-found", "Not found", $"There is no {what} here.");
}
