using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Catalogue;

internal static class CatalogueEndpoints
{
    public static void MapCatalogue(this IEndpointRouteBuilder api)
    {
        var isPublic = api.ServiceProvider.GetRequiredService<CatalogueOptions>().IsPublic;
        var catalogue = api.MapGroup("/commitments").About("Catalogue", "What the desk promises, as it is published, and what a request would be promised. Public, unless Catalogue:Public is false.");
        Open(catalogue.MapGet("/", ReadCatalogue.Handle).Produces<CatalogueResponse>().WithETag());
        Open(catalogue.MapPost("/quote", Quote.Handle).WithName("quote").WithoutIdempotencyKey());

        void Open(RouteHandlerBuilder endpoint)
        {
            if (isPublic) endpoint.AllowPublic().LimitByAddress().RequireCors(CorsSetup.Public);
            else endpoint.RequireScope(Scopes.PoliciesRead);
        }
    }
}
