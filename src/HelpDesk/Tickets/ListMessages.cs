using HelpDesk.Attachments;
using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Tickets;

internal static class ListMessages
{
    /// <summary>List a ticket's messages</summary>
    /// <remarks>Oldest first.</remarks>
    public static async Task<Ok<Paged<MessageResponse>>> Handle(long id, Page page, HelpDeskDb db, CancellationToken cancel)
    {
        var messages = db.Set<Message>().AsNoTracking().Where(row => row.TicketId == id);
        if (page.After(out long last)) messages = messages.Where(row => row.Sequence > last);
        var rows = await messages.OrderBy(row => row.Sequence).Take(page.Take)
            .Select(row => new
            {
                row.Sequence,
                Message = new MessageResponse(row.Id, row.TicketId, row.Author, row.AuthorId, row.Visibility, row.Automated, row.Body, row.CreatedAt),
            })
            .ToListAsync(cancel);
        if (rows.Count == 0 && !await db.Set<TicketRow>().AnyAsync(row => row.Id == id, cancel)) throw Refusal.NotFound("ticket");
        var paged = page.Of(rows, row => row.Sequence);
        var attachments = await ListAttachments.Of(db, [.. paged.Items.Select(row => row.Message.Id)], cancel);
        return TypedResults.Ok(new Paged<MessageResponse>(
            [.. paged.Items.Select(row => row.Message with { Attachments = [.. attachments[row.Message.Id]] })], paged.NextCursor));
    }

    /// <summary>Read a message</summary>
    public static async Task<Ok<MessageResponse>> HandleOne(long id, Guid messageId, HelpDeskDb db, CancellationToken cancel)
    {
        var message = await db.Set<Message>().AsNoTracking()
            .Where(row => row.TicketId == id && row.Id == messageId)
            .Select(row => new MessageResponse(row.Id, row.TicketId, row.Author, row.AuthorId, row.Visibility, row.Automated, row.Body, row.CreatedAt))
            .FirstOrDefaultAsync(cancel) ?? throw Refusal.NotFound("message");
        return TypedResults.Ok(message with { Attachments = [.. (await ListAttachments.Of(db, [messageId], cancel))[messageId]] });
    }
}
