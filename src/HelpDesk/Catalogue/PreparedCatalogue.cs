using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using HelpDesk.Web.Json;

namespace HelpDesk.Catalogue;

/// <summary>The catalogue in one language, as it is answered from <paramref name="from"/> (inclusive) to <paramref name="until"/> (exclusive).</summary>
internal sealed class PreparedCatalogue(CatalogueResponse response, Instant from, Instant until)
{
    private const int TagBytes = 15;

    public CatalogueResponse Response => response;

    public Instant From => from;

    public Instant Until => until;

    public byte[] Body { get; } = JsonSerializer.SerializeToUtf8Bytes(response, JsonConventions.Options);

    /// <summary>Of what it says: every server gives the same.</summary>
    public string ETag => field ??= $"\"{Base64Url.EncodeToString(SHA256.HashData(Body).AsSpan(0, TagBytes))}\"";
}
