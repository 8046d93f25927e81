using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Customers;

internal static class CustomerEndpoints
{
    public static void MapCustomers(this IEndpointRouteBuilder api)
    {
        var customers = api.MapGroup("/customers").About("Customers", "The people who write to the desk: how to reach them, in which language, when not.");
        customers.MapPost("/", CreateCustomer.Handle).RequireScope(Scopes.CustomersWrite).TellsETag();
        customers.MapGet("/", ListCustomers.Handle).RequireScope(Scopes.CustomersRead);
        customers.MapGet("/{id:guid}", ReadCustomer.Handle).RequireScope(Scopes.CustomersRead).WithETag();
        customers.MapPatch("/{id:guid}", ChangeCustomer.Handle).RequireScope(Scopes.CustomersWrite).WithETag();
        customers.MapGet("/{id:guid}/webhook-secret", CustomerWebhookSecret.Handle).RequireScope(Scopes.Webhooks);
        customers.MapPost("/{id:guid}/webhook-secret/rotation", CustomerWebhookSecret.HandleRotation).RequireScope(Scopes.Webhooks);
    }
}
