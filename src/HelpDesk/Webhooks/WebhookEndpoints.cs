using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Webhooks;

internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        var hooks = api.MapGroup("/webhooks").About("Webhooks", "Events posted to where you want them: signed, each ticket's in order, and tried again for days.");
        // Events of every queue leave by a webhook.
        hooks.AddEndpointFilter(AccessRules.SeesAll);
        hooks.MapPost("/", CreateWebhook.Handle).RequireScope(Scopes.Webhooks).TellsETag();
        hooks.MapGet("/", ListWebhooks.Handle).RequireScope(Scopes.Webhooks);
        hooks.MapGet("/{id:guid}", ListWebhooks.HandleOne).WithName("readWebhook").RequireScope(Scopes.Webhooks).WithETag();
        hooks.MapPatch("/{id:guid}", ChangeWebhook.Handle).RequireScope(Scopes.Webhooks).WithETag();
        hooks.MapDelete("/{id:guid}", ChangeWebhook.HandleDelete).WithName("deleteWebhook").RequireScope(Scopes.Webhooks).WithETag();
        hooks.MapGet("/{id:guid}/secret", WebhookSigning.Handle).RequireScope(Scopes.Webhooks);
        hooks.MapPost("/{id:guid}/secret/rotation", WebhookSigning.HandleRotation).RequireScope(Scopes.Webhooks);
        hooks.MapGet("/{id:guid}/health", WebhookHealth.Handle).RequireScope(Scopes.Webhooks);
        hooks.MapPost("/{id:guid}/test", TestWebhook.Handle).RequireScope(Scopes.Webhooks);
        hooks.MapPost("/{id:guid}/replay", ReplayDeliveries.Handle).RequireScope(Scopes.Webhooks);
        hooks.MapGet("/{id:guid}/deliveries", ListWebhookDeliveries.Handle).WithFilters(ListWebhookDeliveries.Filters).RequireScope(Scopes.Webhooks);
        hooks.MapGet("/{id:guid}/deliveries/{deliveryId:guid}", ReadWebhookDelivery.Handle).RequireScope(Scopes.Webhooks);
    }
}
