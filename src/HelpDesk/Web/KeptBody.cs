using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Web;

/// <summary>An answer's body that was made before it was asked for. Its compressed copies are kept beside it, each made once, when it is first asked for.</summary>
internal sealed class KeptBody
{
    private const int TagBytes = 15;

    private readonly KeptCopy plain;
    private readonly Lazy<KeptCopy> gzip;
    private readonly Lazy<KeptCopy> brotli;

    public KeptBody(byte[] bytes)
    {
        var tag = Base64Url.EncodeToString(SHA256.HashData(bytes).AsSpan(0, TagBytes));
        plain = new(bytes, $"\"{tag}\"", null);
        gzip = new(() => new(Squeezed(bytes, stream => new GZipStream(stream, CompressionLevel.Optimal)), $"\"{tag}-gzip\"", "gzip"));
        brotli = new(() => new(Squeezed(bytes, stream => new BrotliStream(stream, CompressionLevel.Optimal)), $"\"{tag}-br\"", "br"));
    }

    /// <summary>The copy that the client takes, chosen as for every other answer; its tag is said at once, so that 304 can be answered in its place.</summary>
    public KeptCopy For(HttpContext http)
    {
        var copy = http.RequestServices.GetRequiredService<IResponseCompressionProvider>().GetCompressionProvider(http)?.EncodingName switch
        {
            "gzip" => gzip.Value,
            "br" => brotli.Value,
            _ => plain,
        };
        http.Response.Headers.ETag = copy.ETag;
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        return copy;
    }

    private static byte[] Squeezed(byte[] bytes, Func<Stream, Stream> squeeze)
    {
        using var squeezed = new MemoryStream();
        using (var stream = squeeze(squeezed)) stream.Write(bytes);
        return squeezed.ToArray();
    }
}

/// <summary>A body in one encoding.</summary>
/// <param name="ETag">Of these very bytes: another encoding has another.</param>
/// <param name="Encoding">Null for the plain one.</param>
internal sealed record KeptCopy(byte[] Bytes, string ETag, string? Encoding)
{
    /// <summary>What has an encoding is not compressed again.</summary>
    public Task Write(HttpResponse response, string type, CancellationToken cancel)
    {
        response.ContentType = type;
        response.ContentLength = Bytes.Length;
        if (Encoding is not null) response.Headers.ContentEncoding = Encoding;
        return response.Body.WriteAsync(Bytes, cancel).AsTask();
    }
}
