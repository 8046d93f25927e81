using HelpDesk.Access;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.Metadata;

namespace HelpDesk.Attachments;

internal static class AttachmentEndpoints
{
    public static void MapAttachments(this IEndpointRouteBuilder api)
    {
        var attachments = api.MapGroup("/tickets/{id:long}/attachments").About("Attachments", "Files on tickets: uploaded first, then carried by a message.");
        attachments.MapPost("/", UploadAttachments.Handle).RequireScope(Scopes.TicketsWrite).Accepts<UploadAttachmentsRequest>("multipart/form-data")
            .WithMetadata(new UploadSize(api.ServiceProvider.GetRequiredService<AttachmentOptions>().MaxRequestBytes));
        attachments.MapGet("/", ListAttachments.Handle).RequireScope(Scopes.TicketsRead);
        attachments.MapGet("/{attachmentId:guid}", DownloadAttachment.Handle).RequireScope(Scopes.TicketsRead).WithETag()
            .Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream").Produces<Stream>(StatusCodes.Status206PartialContent, "application/octet-stream");
    }

    private sealed record UploadSize(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
