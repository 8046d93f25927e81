using HelpDesk.Web;

namespace HelpDesk.Catalogue;

/// <summary><c>Catalogue:Public</c>: whether what is promised can be read without a key.</summary>
internal sealed record CatalogueOptions(bool IsPublic)
{
    public static CatalogueOptions Read(IConfiguration configuration) => new(configuration.IsOn("Catalogue:Public", otherwise: true));
}
