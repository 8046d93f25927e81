namespace HelpDesk.Web.Pages;

/// <summary>Pages for people: what they share.</summary>
internal static class PageSetup
{
    public static void AddPages(this IServiceCollection services, IConfiguration configuration)
    {
        // Read here, so that a look that cannot be served stops the start.
        services.AddSingleton(PageLook.Read(configuration));
        services.AddSingleton<PageAssets>();
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<IProblemDetailsWriter, PageProblem>();
    }

    public static RouteHandlerBuilder MapPageAssets(this IEndpointRouteBuilder app) => PageAssets.Map(app);

    /// <summary>Its problems are pages too, and it stands in no document of the API.</summary>
    public static TBuilder ServesPages<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new PageEndpoint()).ExcludeFromDescription();
}
