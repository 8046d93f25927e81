using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Delivery;

internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder api)
    {
        var deliveries = api.MapGroup("/deliveries").About("Deliveries", "Every message that leaves the desk, with its attempts.");
        deliveries.MapGet("/", ListDeliveries.Handle).WithFilters(DeliveryFilter.All).RequireScope(Scopes.MessagesRead);
        deliveries.MapGet("/{id:guid}", ReadDelivery.Handle).RequireScope(Scopes.MessagesRead);
        deliveries.MapGet("/{id:guid}/attempts", ListAttempts.Handle).RequireScope(Scopes.MessagesRead);
        deliveries.MapPost("/retry", RetryDeliveries.Handle).RequireScope(Scopes.MessagesWrite);
        deliveries.MapPost("/{id:guid}/retry", RetryDelivery.Handle).RequireScope(Scopes.MessagesWrite);
    }
}
