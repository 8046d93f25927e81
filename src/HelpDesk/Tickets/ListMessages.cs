using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Tickets;

internal static class ListMessages
{
    private sealed record Key(Instant CreatedAt, Guid Id);

    /// <summary>List a ticket's messages</summary>
    /// <remarks>Oldest first.</remarks>
    public static async Task<Ok<Paged<MessageResponse>>> Handle(long id, Page page, HelpDeskDb db, CancellationToken cancel)
    {
        var messages = db.Set<Message>().AsNoTracking().Where(row => row.TicketId == id);
        if (page.After(out Key last))
        {
            messages = messages.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.CreatedAt, row.Id), ValueTuple.Create(last.CreatedAt, last.Id)));
        }

        var rows = await messages.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Take(page.Take)
            .Select(row => new MessageResponse(row.Id, row.TicketId, row.Author, row.AuthorId, row.Visibility, row.Automated, row.Body, row.CreatedAt))
            .ToListAsync(cancel);
        if (rows.Count == 0 && !await db.Set<TicketRow>().AnyAsync(row => row.Id == id, cancel)) throw Refusal.NotFound("ticket");
        return TypedResults.Ok(page.Of(rows, row => new Key(row.CreatedAt, row.Id)));
    }

    /// <summary>Read a message</summary>
    public static async Task<Ok<MessageResponse>> HandleOne(long id, Guid messageId, HelpDeskDb db, CancellationToken cancel) =>
        TypedResults.Ok(await db.Set<Message>().AsNoTracking()
            .Where(row => row.TicketId == id && row.Id == messageId)
            .Select(row => new MessageResponse(row.Id, row.TicketId, row.Author, row.AuthorId, row.Visibility, row.Automated, row.Body, row.CreatedAt))
            .FirstOrDefaultAsync(cancel) ?? throw Refusal.NotFound("message"));
}
