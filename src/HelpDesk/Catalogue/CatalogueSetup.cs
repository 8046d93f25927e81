namespace HelpDesk.Catalogue;

internal static class CatalogueSetup
{
    public static IServiceCollection AddCatalogue(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(CatalogueOptions.Read(configuration));
        services.AddSingleton<CatalogueShelf>();
        return services;
    }
}
