using HelpDesk.Web;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Imports;

/// <summary>The lines of a request, compressed or not.</summary>
internal static class ImportBody
{
    public const string Gzip = "application/gzip";

    public static readonly string[] Lines = ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/json-lines", "application/x-jsonlines"];

    /// <param name="body">The request's, or what reads it.</param>
    public static Stream Of(HttpRequest request, Stream body)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType.Value : null;
        var isFile = Gzip.Equals(type, StringComparison.OrdinalIgnoreCase);
        if (!isFile && !Lines.Contains(type, StringComparer.OrdinalIgnoreCase)) throw Unknown($"Send lines of JSON as {Lines[0]}, or compressed as {Gzip}.");
        var encodings = request.Headers.ContentEncoding.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(name => !name.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToList();
        return encodings switch
        {
            [] => isFile ? new GzipMembers(body) : body,
            [var only] when only.ToLowerInvariant() is "gzip" or "x-gzip" && !isFile => new GzipMembers(body),
            _ => throw Unknown($"The Content-Encoding {string.Join(", ", encodings)} is not read here; gzip is."),
        };
    }

    private static Refusal Unknown(string detail) =>
        new(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The body is of a kind that is not read here", detail);
}
