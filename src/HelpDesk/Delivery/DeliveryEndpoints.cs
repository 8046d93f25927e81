namespace HelpDesk.Delivery;

internal static class DeliveryEndpoints
{
    public static IEndpointRouteBuilder MapDeliveries(this IEndpointRouteBuilder app)
    {
        var deliveries = app.MapGroup("/v1/deliveries").WithTags("Deliveries");
        deliveries.MapGet("/", ListDeliveries.Handle).WithSummary("List outgoing messages, newest first");
        deliveries.MapGet("/{id:guid}", ReadDelivery.Handle).WithName("ReadDelivery").WithSummary("One outgoing message, with its words");
        deliveries.MapPost("/{id:guid}/retry", RetryDelivery.Handle).WithSummary("Queue a failed or dead message anew");
        return app;
    }
}
