using HelpDesk.Access;
using HelpDesk.Web;

namespace HelpDesk.Dossiers;

internal static class DossierEndpoints
{
    public static void MapDossiers(this IEndpointRouteBuilder api)
    {
        var customers = api.MapGroup("/customers/{id:guid}").WithTags("Customers");
        customers.MapPost("/merge", MergeCustomers.Handle).RequireScope(Scopes.CustomersWrite);
        customers.MapGet("/export", ExportCustomer.Handle).RequireScope(Scopes.CustomersRead);
        customers.MapDelete("/", EraseCustomer.Handle).RequireScope(Scopes.CustomersWrite).WithETag();
    }
}
