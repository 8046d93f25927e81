using System.Security.Cryptography;
using System.Text;

namespace HelpDesk.Imports;

/// <summary>A body too large to be read twice, and where it goes: hashed while it is read.</summary>
internal sealed class HashedBody : OneWayStream
{
    private readonly Stream body;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public HashedBody(HttpRequest request)
    {
        body = request.Body;
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.PathBase}{request.Path}{request.QueryString}\0{request.ContentType}\0{request.Headers.ContentEncoding}\0"));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        hash.AppendData(buffer.Span[..read]);
        return read;
    }

    /// <summary>Once it was read to its end.</summary>
    public byte[] Digest() => hash.GetHashAndReset();

    protected override void Dispose(bool disposing)
    {
        if (disposing) hash.Dispose();
        base.Dispose(disposing);
    }
}
