namespace HelpDesk.Tests.BadInput;

/// <summary>JSON, as text, that one or another kind of member cannot or should not bear.</summary>
internal static class BadValues
{
    /// <summary>Of another type, with the types that would take each.</summary>
    public static readonly (string Json, string Type)[] OfType =
    [
        ("5", "number"), ("-1", "number"), ("0.5", "number"), ("\"words\"", "string"), ("true", "boolean"), ("[]", "array"), ("[[]]", "array"), ("[5,\"x\",null]", "array"), ("{}", "object"),
        ("{\"a\":{\"b\":[1]}}", "object"),
    ];

    /// <summary>Text that cannot be kept: refused wherever it stands.</summary>
    public static readonly string[] Unkeepable = ["\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"x\\udc00y\"", "\"\\ude00\\ud83d\""];

    public static readonly string[] Texts =
    [
        "\"\"", "\" \"", "\"\\t\\n\"", "\"\\r\\nBcc: eve@example.org\"", "\"' or 1=1 --\"", "\"../../etc/passwd\"", "\"%00%0a\"", "\"<script>alert(1)</script>\"", "\"{{7*7}}\"", "\"\\u202e\\u2066abc\"",
        "\"\\ud83d\\ude00\"", "\"\\ufeff\\uffff\"", "\"İıŞß\"", "\"NaN\"", "\"null\"", "\"0\"", "\"-1\"", "\"@\"", "\"a@b\"", "\"a@b@c\"", "\"A,B;C\"", "\"xx-XX-xxxx\"", "\"Europe/Nowhere\"", "\"UTC+3\"",
    ];

    public static readonly string[] Numbers =
    [
        "-1", "0", "-0", "1", "1.5", "1e2", "1e400", "-1e400", "1e-400", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "99999999999999999999999999999999",
        "0.1000000000000000055511151231257827",
    ];

    public static readonly string[] Instants =
    [
        "\"9999-12-31T23:59:59.999999Z\"", "\"0001-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-18:00\"", "\"2026-13-01T00:00:00Z\"", "\"2026-02-30T00:00:00Z\"",
        "\"2026-03-02\"", "\"2026-03-02T08:00:00\"", "\"2026-03-02T25:00:00Z\"", "\"2026-03-02T08:00:60Z\"", "\"-0001-01-01T00:00:00Z\"", "\"10000-01-01T00:00:00Z\"", "\"now\"", "\"1970-01-01T00:00:00Z\"",
        "\"24:01\"", "\"08:60\"", "\"2026-02-30\"",
    ];

    public static readonly string[] Durations =
        ["\"P1Y\"", "\"PT0S\"", "\"-PT1H\"", "\"P999999999D\"", "\"PT999999999999H\"", "\"P3652425D\"", "\"PT0.0000001S\"", "\"PT\"", "\"P\"", "\"1h\"", "\"pt1h\"", "\"PT1H1H\"", "\"P1W2DT3H4M5.678901S\""];

    public static readonly string[] Ids =
    [
        "\"00000000-0000-0000-0000-000000000000\"", "\"0195564E-1200-7A01-8F00-0A1B2C3D4E5F\"", "\"{0195564e-1200-7a01-8f00-0a1b2c3d4e5f}\"", "\"0195564e12007a018f000a1b2c3d4e5f\"", "\"1\"", "1",
        "9223372036854775807", "-1", "\"admin\"", "\"hd_0123456789abcdef_x\"",
    ];

    public static readonly string[] Names =
        ["x9", "", " ", "$", "a.b", "a[0]", "a'b", "a\\u0022b", "__proto__", "\\u0000", "\\ud800", "İ", "constructor", "Subject", "Name", "xmin", "rowVersion", "a\\nb"];

    public static readonly string[] Documents =
        ["", "null", "[]", "{}", "5", "\"x\"", "true", "{", "{\"a\":", "[{}]", "{}{}", "{} x", "\ufeff{}", "{'a':1}", "{\"a\":NaN}", "{\"a\":01}", "{/* */}", "{\"a\":1,}", "\0", "{\"\\ud800\":1}"];

    public static readonly string[] ContentTypes =
    [
        "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "application/octet-stream",
        "application/json; charset=utf-16", "application/json; charset=nonsense", "application/problem+json", "text/json", "nonsense", "", "application/json, text/plain", "image/svg+xml",
    ];

    /// <summary>No %00: the server itself refuses such an address before anything of the desk sees it.</summary>
    public static readonly string[] Segments =
    [
        "0", "-1", "1", "999999999", "9223372036854775807", "9223372036854775808", "1.5", "1e3", "0x10", "%20", "%ff%fe", "%ed%a0%80", "x", "null", "..", "%2e%2e%2f", "%252e", "'", "%3Cscript%3E", "*",
        "00000000-0000-0000-0000-000000000000", "0195564e-1200-7a01-8f00-0a1b2c3d4e5f", "0195564E12007A018F000A1B2C3D4E5F", "hd_0123456789abcdef_x", "%F0%9F%98%80", ";", "a;b=c",
    ];

    public static readonly string[] QueryValues =
    [
        "", "%20", "0", "-1", "1", "201", "200", "9223372036854775808", "1.5", "x", "null", "%00", "a%00b", "%ff", "%ed%a0%80", "a,b,,c", ",", "*", "'%20or%201=1", "%F0%9F%98%80", "true", "2026-03-02T08:00:00Z",
        "2026-13-02T08:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00%2B14:00", "0195564e-1200-7a01-8f00-0a1b2c3d4e5f", "eyJhIjoxfQ", "AAAAAAAAAAAA", "%25", "%", "%zz", "open", "OPEN", "new,new", "-createdAt", "createdAt",
        "%22unbalanced", "a%20or%20-b%20%22c%22", "((((", "%5B%5D", "ada@example.org", "İ",
    ];

    public static readonly (string Name, string[] Values)[] Headers =
    [
        ("If-Match", ["\"0\"", "nonsense", "W/\"1\"", "\"99999999999999999999\"", "\"1\", nonsense", "", "*, *", "\u0001"]),
        ("If-None-Match", ["nonsense", "\"", "*", "W/", "\"1\",,"]),
        ("Idempotency-Key", ["", " ", "two words", "ç", "\u0001", new string('k', 256), "{}", "a,b", "'"]),
        ("Authorization", ["", "Bearer", "Bearer ", "Bearer x", "Basic eDp5", "Bearer hd_0123456789abcdef_x", "Bearer a.b.c", "Bearer eyJhbGciOiJub25lIn0.e30.", "bearer\u0001", "Bearer hd_\u0000_x"]),
        ("X-Request-Id", ["", new string('x', 5000), "ç", "a b"]),
        ("traceparent", ["00-0-0-0", "nonsense", "00-00000000000000000000000000000000-0000000000000000-00"]),
        ("Accept", ["text/html", "application/xml", "nonsense", "*/*;q=x"]),
        ("Accept-Language", ["xx-XX", "*", "nonsense;q=5", "tr-TR-x-very-long-extension-that-is-no-language"]),
        ("Accept-Encoding", ["gzip;q=x", "nonsense", "br;q=0"]),
        ("Content-Encoding", ["gzip", "nonsense"]),
        ("Range", ["bytes=5-1", "bytes=-1", "lines=1-2"]),
        ("Origin", ["null", "nonsense"]),
        ("Expect", ["nonsense"]),
    ];

    /// <summary>Text as JSON of a length.</summary>
    public static string Long(int length) => $"\"{new string('x', length)}\"";

    public static string Deep(int depth, bool isArray) => isArray
        ? new string('[', depth) + new string(']', depth)
        : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
}
