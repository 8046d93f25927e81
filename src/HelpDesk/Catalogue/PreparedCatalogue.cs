using System.Text.Json;
using HelpDesk.Web;
using HelpDesk.Web.Json;

namespace HelpDesk.Catalogue;

/// <summary>The catalogue in one language, as it is answered from <paramref name="from"/> (inclusive) to <paramref name="until"/> (exclusive).</summary>
internal sealed class PreparedCatalogue(CatalogueResponse response, Instant from, Instant until)
{
    public CatalogueResponse Response => response;

    public Instant From => from;

    public Instant Until => until;

    /// <summary>Every server gives the same.</summary>
    public KeptBody Body { get; } = new(JsonSerializer.SerializeToUtf8Bytes(response, JsonConventions.Options));
}
