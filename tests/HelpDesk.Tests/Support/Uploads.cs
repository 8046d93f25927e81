namespace HelpDesk.Tests.Support;

/// <summary>A file as it is uploaded.</summary>
internal static class Uploads
{
    public const string OneFile = "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"note.txt\"\r\n\r\nWords.\r\n--part--\r\n";

    public const string OneLine = """{ "externalRef": "1", "subject": "x", "requester": { "email": "new@example.org" }, "createdAt": "2026-02-02T08:00:00Z" }""";

    public const string OneMail = "From: Grace <grace@example.org>\r\nTo: support@desk.example\r\nMessage-ID: <one@example.org>\r\nSubject: Printer on fire\r\n\r\nIt burns.\r\n";

    public const string OneHoliday = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260501\r\nSUMMARY:Vappu\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    /// <summary>The content type that goes with a body.</summary>
    public static string TypeOf(string? body) => body switch
    {
        OneFile => "multipart/form-data; boundary=part",
        OneLine => "application/x-ndjson",
        OneMail => "message/rfc822",
        OneHoliday => "text/calendar",
        _ => "application/json",
    };
}
