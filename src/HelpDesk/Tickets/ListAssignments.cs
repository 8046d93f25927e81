using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using System.Text.Json;

namespace HelpDesk.Tickets;

/// <summary>One time that a ticket was given to an agent, or to nobody.</summary>
/// <param name="Sequence">Its place in the desk's log.</param>
/// <param name="At">When.</param>
/// <param name="From">Who had it; null: nobody.</param>
/// <param name="To">Who has it from then on; null: nobody.</param>
/// <param name="Actor">Who did it: admin, key:…, agent:…, jwt:…, or desk, which is the desk itself.</param>
/// <param name="RequestId">The request it came with.</param>
public sealed record AssignmentResponse(long Sequence, Instant At, string? From, string? To, string Actor, string? RequestId);

internal static class ListAssignments
{
    /// <summary>List who has had a ticket</summary>
    /// <remarks>Every assignment and reassignment, oldest first; the first one also where the ticket was made with an assignee.</remarks>
    public static async Task<Ok<Paged<AssignmentResponse>>> Handle(long id, Page page, HelpDeskDb db, CancellationToken cancel)
    {
        if (!await db.Set<TicketRow>().AnyAsync(row => row.Id == id, cancel)) throw Refusal.NotFound("ticket");
        var events = db.Set<Event>().FromSql(
            $"""
            select * from events
            where ticket_id = {id} and ((type = 'ticket.created' and data ->> 'assignee' is not null) or data -> 'changes' -> 'assignee' is not null)
            """).AsNoTracking();
        if (page.After(out long last)) events = events.Where(row => row.Sequence > last);
        var rows = await events.OrderBy(row => row.Sequence).Take(page.Take).ToListAsync(cancel);
        return TypedResults.Ok(page.Of([.. rows.Select(Read)], row => row.Sequence));
    }

    private static AssignmentResponse Read(Event happened)
    {
        var data = JsonSerializer.Deserialize<JsonElement>(happened.Data);
        var (from, to) = happened.Type == "ticket.created"
            ? (null, data.GetProperty("assignee").GetString())
            : (Of(data, "from"), Of(data, "to"));
        return new AssignmentResponse(happened.Sequence, happened.At, from, to, happened.Actor, happened.RequestId);
    }

    private static string? Of(JsonElement data, string side) => data.GetProperty("changes").GetProperty("assignee").GetProperty(side).GetString();
}
