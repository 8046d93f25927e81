using HelpDesk.Attachments;
using HelpDesk.Database;
using HelpDesk.Web.Pages;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.TicketPages;

internal static class DownloadPageFile
{
    /// <summary>A file of a message that stands on the page.</summary>
    public static async Task<IResult> Handle(
        string token, Guid fileId, HttpContext http, PageDoor door, HelpDeskDb db, NpgsqlDataSource database, AttachmentStores stores, CancellationToken cancel)
    {
        var (visit, status) = await door.Open(token, http, cancel);
        var frame = PageFrame.Of(http, visit?.Reader.Locale);
        if (visit is null) return PageProblem.Of(frame, status, http.TraceIdentifier);
        var file = await db.Set<Attachment>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == fileId, cancel);
        if (file?.MessageId is not { } message || !await Conversation.Shows(database, visit, message, cancel))
        {
            return PageProblem.Of(frame, StatusCodes.Status404NotFound, http.TraceIdentifier);
        }

        var download = DownloadAttachment.Send(file, http, stores);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        return download;
    }
}
