namespace HelpDesk.Tests.Support;

/// <summary>A file as it is uploaded.</summary>
internal static class Uploads
{
    public const string OneFile = "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"note.txt\"\r\n\r\nWords.\r\n--part--\r\n";

    public const string OneLine = """{ "externalRef": "1", "subject": "x", "requester": { "email": "new@example.org" }, "createdAt": "2026-02-02T08:00:00Z" }""";

    /// <summary>The content type that goes with a body.</summary>
    public static string TypeOf(string? body) => body == OneFile ? "multipart/form-data; boundary=part" : body == OneLine ? "application/x-ndjson" : "application/json";
}
