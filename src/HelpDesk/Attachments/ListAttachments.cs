using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.Attachments;

internal static class ListAttachments
{
    /// <summary>List a ticket's attachments</summary>
    /// <remarks>Oldest first, those that no message carries yet too.</remarks>
    public static async Task<Ok<Paged<AttachmentResponse>>> Handle(long id, Page page, HelpDeskDb db, NpgsqlDataSource database, Caller caller, CancellationToken cancel)
    {
        var rows = db.Set<Attachment>().AsNoTracking().Where(row => row.TicketId == id);
        if (page.After(out long last)) rows = rows.Where(row => row.Sequence > last);
        var found = await rows.OrderBy(row => row.Sequence).Take(page.Take).ToListAsync(cancel);
        if (found.Count == 0) await AttachmentLog.RequireTicket(database, id, caller, cancel);
        var paged = page.Of(found, row => row.Sequence);
        return TypedResults.Ok(new Paged<AttachmentResponse>([.. paged.Items.Select(AttachmentResponse.Of)], paged.NextCursor));
    }

    /// <summary>The attachments of messages, by message, in the order they were uploaded.</summary>
    public static async Task<ILookup<Guid, AttachmentResponse>> Of(HelpDeskDb db, IReadOnlyList<Guid> messageIds, CancellationToken cancel)
    {
        var rows = await db.Set<Attachment>().AsNoTracking().Where(row => row.MessageId != null && messageIds.Contains(row.MessageId.Value)).OrderBy(row => row.Sequence).ToListAsync(cancel);
        return rows.ToLookup(row => row.MessageId!.Value, AttachmentResponse.Of);
    }
}
