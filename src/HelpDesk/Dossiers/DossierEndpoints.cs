using HelpDesk.Access;
using HelpDesk.Web;

namespace HelpDesk.Dossiers;

internal static class DossierEndpoints
{
    public static void MapDossiers(this IEndpointRouteBuilder api)
    {
        var customers = api.MapGroup("/customers/{id:guid}").WithTags("Customers");
        customers.MapPost("/merge", MergeCustomers.Handle).RequireScope(Scopes.CustomersWrite).TellsETag();
        // What it holds of tickets and mail is not to be had by a way round their own scopes.
        customers.MapGet("/export", ExportCustomer.Handle).RequireScope(Scopes.CustomersRead).RequireScope(Scopes.TicketsRead).RequireScope(Scopes.MessagesRead);
        customers.MapDelete("/", EraseCustomer.Handle).RequireScope(Scopes.CustomersWrite).WithETag();
    }
}
