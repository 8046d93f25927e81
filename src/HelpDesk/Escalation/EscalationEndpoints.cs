using HelpDesk.Access;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Escalation;

internal static class EscalationEndpoints
{
    public static void MapEscalation(this IEndpointRouteBuilder api)
    {
        var notices = api.MapGroup("/notices").About("Notices", "What people of the desk are told when a promise needs them.");
        notices.MapGet("/webhook-secret", NoticeWebhookSecret.Handle).RequireScope(Scopes.Webhooks);
        notices.MapPost("/webhook-secret/rotation", NoticeWebhookSecret.HandleRotation).RequireScope(Scopes.Webhooks);
    }
}
