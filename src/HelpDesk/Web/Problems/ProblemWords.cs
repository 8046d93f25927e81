namespace HelpDesk.Web.Problems;

/// <summary>Code and words of a problem that is known by its status alone.</summary>
internal static class ProblemWords
{
    public static (string Code, string Title) Of(int status) => status switch
    {
        400 => ("malformed", "The request is malformed"),
        401 => ("unauthorized", "A key is needed"),
        403 => ("forbidden", "The key may not do this"),
        404 => ("not-found", "Not found"),
        405 => ("method-not-allowed", "The method is not allowed here"),
        406 => ("not-acceptable", "None of the accepted forms is available"),
        408 => ("timeout", "The request took too long to arrive"),
        409 => ("conflict", "Refused by a rule"),
        410 => ("gone", "No longer there"),
        412 => ("stale", "The resource has changed"),
        413 => ("too-large", "The body is too large"),
        415 => ("unsupported-media-type", "The body is of a kind that is not read here"),
        422 => ("impossible", "Well-formed, but impossible"),
        429 => ("too-many-requests", "Too many requests"),
        503 => ("unavailable", "Not available at the moment"),
        >= 500 => ("internal", "Something went wrong here"),
        _ => ("refused", "Refused"),
    };

    public static string Detail(int status) => status switch
    {
        400 => "The request could not be read.",
        401 => "Send a valid key as Authorization: Bearer <key>.",
        403 => "The key lacks a scope that this needs.",
        404 => "There is nothing at this address.",
        405 => "The Allow header lists the methods that are.",
        410 => "What the request goes on from is no longer known. Begin again.",
        413 => "Send less at once: JSON may have 1 MiB, where many questions are asked at once 16 MiB, uploads what Attachments:MaxRequestBytes says, mail what Inbound:MaxBytes says.",
        415 => "Send JSON with Content-Type: application/json (PATCH: or application/merge-patch+json); files, where they are taken, as multipart/form-data; mail as message/rfc822; calendars as text/calendar.",
        503 => "Try again in a few seconds.",
        >= 500 => "The error was logged under the request's id. Nothing of it is the client's to repair.",
        _ => "The request was refused.",
    };
}
