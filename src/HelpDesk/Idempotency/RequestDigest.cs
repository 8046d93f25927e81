using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Idempotency;

/// <summary>A hash of where a request goes and what it carries. The body can be read again afterwards.</summary>
internal static class RequestDigest
{
    public static async Task<byte[]> Of(HttpRequest request, CancellationToken cancel)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.PathBase}{request.Path}{request.QueryString}\0"));
        if (Boundary(request) is { } boundary) await Parts(hash, new MultipartReader(boundary, request.Body), cancel);
        // A form cut short is read again as it is: its reader finds out what is wrong with it.
        else await Body(hash, request.Body, cancel);
        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    private static string? Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 } boundary ? boundary : null
            : null;

    /// <summary>A client that sends a form again makes up another boundary: only what stands between counts.</summary>
    private static async Task Parts(IncrementalHash hash, MultipartReader form, CancellationToken cancel)
    {
        try
        {
            while (await form.ReadNextSectionAsync(cancel) is { } section)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{section.ContentDisposition}\0{section.ContentType}\0"));
                await Body(hash, section.Body, cancel);
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException and not BadHttpRequestException)
        {
            // Whoever reads the form says what is wrong with it.
            hash.AppendData("broken"u8);
        }
    }

    private static async Task Body(IncrementalHash hash, Stream body, CancellationToken cancel)
    {
        var some = new byte[16 * 1024];
        while (await body.ReadAsync(some, cancel) is > 0 and var count) hash.AppendData(some, 0, count);
        hash.AppendData("\0"u8);
    }
}
