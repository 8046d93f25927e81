using System.Text.Json;
using System.Text.RegularExpressions;

namespace HelpDesk.Web.Problems;

/// <summary>The refusal that an exception amounts to; none for a bug.</summary>
internal static partial class ProblemOf
{
    public static Refusal? Exception(Exception error) => error switch
    {
        Refusal refusal => refusal,
        BadHttpRequestException { InnerException: JsonException json } => JsonProblem.From(json),
        BadHttpRequestException bad => Request(bad),
        _ when DatabaseAway.Caused(error) => new(
            StatusCodes.Status503ServiceUnavailable, "unavailable", "The database is away", "Try again in a few seconds."),
        _ when UnkeepableText.Caused(error) => new(
            StatusCodes.Status400BadRequest, "malformed", "The request is malformed", "A text in it has the character U+0000, which cannot be kept."),
        _ => null,
    };

    private static Refusal Request(BadHttpRequestException error)
    {
        if (Parameter().Match(error.Message) is { Success: true } parameter) return Refusal.Invalid(parameter.Groups[1].Value, "is not of the form it must have");
        if (Absent().Match(error.Message) is { Success: true } absent)
        {
            return absent.Groups[2].Value.Contains("body", StringComparison.Ordinal)
                ? Refusal.Invalid("$", "the request needs a JSON body")
                : Refusal.Invalid(absent.Groups[1].Value, "is required");
        }
        if (error.Message.Contains("no body was provided", StringComparison.Ordinal)) return Refusal.Invalid("$", "the request needs a JSON body");
        var (code, title) = ProblemWords.Of(error.StatusCode);
        return new(error.StatusCode, code, title, ProblemWords.Detail(error.StatusCode));
    }

    [GeneratedRegex("Failed to bind parameter \".* (.*)\" from")]
    private static partial Regex Parameter();

    [GeneratedRegex("Required parameter \".* (.*)\" was not provided from (.*)\\.")]
    private static partial Regex Absent();
}
