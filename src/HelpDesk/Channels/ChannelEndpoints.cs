using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Channels;

internal static class ChannelEndpoints
{
    public static void MapChannels(this IEndpointRouteBuilder api)
    {
        var inbox = api.MapGroup("/customers/{id:guid}/inbox").About("Inbox", "Messages to customers whose channel is inbox, kept for the frontend to show, with read marks.");
        inbox.MapGet("/", ReadInbox.Handle).RequireScope(Scopes.MessagesRead);
        inbox.MapPut("/read", MarkInbox.HandleAll).RequireScope(Scopes.MessagesWrite);
        inbox.MapPut("/{deliveryId:guid}/read", MarkInbox.HandleRead).RequireScope(Scopes.MessagesWrite);
        inbox.MapDelete("/{deliveryId:guid}/read", MarkInbox.HandleUnread).RequireScope(Scopes.MessagesWrite);
        api.MapGroup("/deliveries").WithTags("Deliveries").MapPost("/bounces", PostBounces.Handle).RequireScope(Scopes.MessagesWrite).WithoutIdempotencyKey();
    }
}
