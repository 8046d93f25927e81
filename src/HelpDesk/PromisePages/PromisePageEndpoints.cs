using HelpDesk.Access;
using HelpDesk.Catalogue;
using HelpDesk.Web.Pages;

namespace HelpDesk.PromisePages;

/// <summary>What the desk promises, and how well it keeps it, as pages for everybody.</summary>
internal static class PromisePageEndpoints
{
    public static void AddPromisePages(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(PromisePageOptions.Read(configuration));
        services.AddSingleton<RecordShelf>();
        services.AddSingleton<PromiseWriter>();
        services.AddSingleton<PromisePageShelf>();
    }

    /// <summary>Where the catalogue needs a key there are no pages: people have none.</summary>
    public static void MapPromisePages(this IEndpointRouteBuilder app)
    {
        if (!app.ServiceProvider.GetRequiredService<CatalogueOptions>().IsPublic) return;
        var pages = app.MapGroup("/promises");
        pages.MapGet("/", ShowPromises.Page);
        pages.MapGet("/embed", ShowPromises.Embed);
        pages.ServesPages().AllowPublic().LimitByAddress();
    }
}
