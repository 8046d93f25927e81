using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Advisories;

internal static class AdvisoryEndpoints
{
    public static void MapAdvisories(this IEndpointRouteBuilder api)
    {
        const string About = "What customers are told about something that affects many of them. While one holds it is the reason that follow-ups and apologies give; published ones stand on pages, too.";
        var advisories = api.MapGroup("/advisories").About("Advisories", About);
        advisories.MapPost("/", CreateAdvisory.Handle).RequireScope(Scopes.PoliciesWrite).TellsETag();
        advisories.MapGet("/", ListAdvisories.Handle).WithFilters(ListAdvisories.Active).RequireScope(Scopes.PoliciesRead);
        advisories.MapGet("/{id:guid}", ReadAdvisory.Handle).RequireScope(Scopes.PoliciesRead).WithETag();
        advisories.MapPatch("/{id:guid}", ChangeAdvisory.Handle).RequireScope(Scopes.PoliciesWrite).WithETag();
        advisories.MapDelete("/{id:guid}", DeleteAdvisory.Handle).RequireScope(Scopes.PoliciesWrite).WithETag();
        api.MapGroup("/public/advisories").About("Advisories", About).MapGet("/", ReadPublicAdvisories.Handle).WithName("listPublicAdvisories")
            .Produces<PublicAdvisories>().WithETag().AllowPublic().LimitByAddress().RequireCors(CorsSetup.Public);
    }
}
