using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.Metadata;

namespace HelpDesk.Inbound;

internal static class InboundEndpoints
{
    public static void MapInbound(this IEndpointRouteBuilder api)
    {
        var mails = api.MapGroup("/inbound/email").About("Inbound mail", "What customers write by mail: posted as it came, and filed on their tickets.");
        mails.MapPost("/", ReceiveEmail.Handle).RequireScope(Scopes.MessagesWrite).WithoutIdempotencyKey().Accepts<string>("message/rfc822")
            .WithMetadata(new MailSize(api.ServiceProvider.GetRequiredService<InboundOptions>().MaxBytes));
        mails.MapGet("/{id:guid}", ReadEmail.Handle).RequireScope(Scopes.MessagesRead);
    }

    private sealed record MailSize(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
