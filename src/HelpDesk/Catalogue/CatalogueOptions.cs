using HelpDesk.Web.Settings;

namespace HelpDesk.Catalogue;

/// <param name="IsPublic">Whether what is promised can be read without a key.</param>
internal sealed record CatalogueOptions(bool IsPublic)
{
    private static readonly Switch Public = new(
        "Catalogue:Public", "`false`: what is promised (`/v1/commitments`, `/v1/commitments/quote`) can be read with a key only, and there is no promise page", true);

    public static CatalogueOptions Read(IConfiguration configuration) => new(Public.Read(configuration));
}
