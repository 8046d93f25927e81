using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Organisations;

internal static class OrganisationEndpoints
{
    public static void MapOrganisations(this IEndpointRouteBuilder api)
    {
        var organisations = api.MapGroup("/organisations").About("Organisations", "What customers belong to, by the domain of their addresses or by your word, and the tier that they have by it.");
        organisations.MapPost("/", CreateOrganisation.Handle).RequireScope(Scopes.CustomersWrite).TellsETag();
        organisations.MapGet("/", ListOrganisations.Handle).RequireScope(Scopes.CustomersRead);
        organisations.MapGet("/{id:guid}", ReadOrganisation.Handle).RequireScope(Scopes.CustomersRead).WithETag();
        organisations.MapPatch("/{id:guid}", ChangeOrganisation.Handle).RequireScope(Scopes.CustomersWrite).WithETag();
        organisations.MapDelete("/{id:guid}", DeleteOrganisation.Handle).RequireScope(Scopes.CustomersWrite).WithETag();
        organisations.MapGet("/{id:guid}/webhook-secret", OrganisationWebhookSecret.Handle).RequireScope(Scopes.Webhooks);
        organisations.MapPost("/{id:guid}/webhook-secret/rotation", OrganisationWebhookSecret.HandleRotation).RequireScope(Scopes.Webhooks);
    }
}
