using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Attachments;

internal static class DownloadAttachment
{
    /// <summary>Download an attachment</summary>
    /// <remarks>
    /// The bytes as they were uploaded, always as a download and never to be run by a browser. The ETag and Repr-Digest are made of their SHA-256;
    /// If-None-Match is honoured, and Range for one part.
    /// </remarks>
    public static async Task<FileStreamHttpResult> Handle(long id, Guid attachmentId, HttpContext http, HelpDeskDb db, AttachmentStores stores, CancellationToken cancel)
    {
        var attachment = await db.Set<Attachment>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == attachmentId && row.TicketId == id, cancel)
            ?? throw Refusal.NotFound("attachment");
        return Send(attachment, http, stores);
    }

    public static FileStreamHttpResult Send(Attachment attachment, HttpContext http, AttachmentStores stores)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.CacheControl = "private, no-cache";
        headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(attachment.Sha256)}:";
        return TypedResults.Stream(
            stores.Of(attachment.Store).Open(attachment.Id, attachment.Size), attachment.Type, attachment.Name,
            entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(attachment.Sha256)}\""), enableRangeProcessing: true);
    }
}
