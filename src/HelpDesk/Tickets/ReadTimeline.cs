using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using System.Text.Json;

namespace HelpDesk.Tickets;

/// <summary>One thing that happened to a ticket.</summary>
/// <param name="Sequence">Its place in the desk's log.</param>
/// <param name="At">When.</param>
/// <param name="Type">What: one of the types that the filter type of GET /v1/audit lists. Example: "promise.renewed".</param>
/// <param name="Actor">Who did it: admin, key:…, agent:…, jwt:…, or desk, which is the desk itself.</param>
/// <param name="RequestId">The request it came with.</param>
/// <param name="CommitmentId">The commitment concerned.</param>
/// <param name="PromiseId">The promise concerned.</param>
/// <param name="Data">The particulars, which depend on the type.</param>
public sealed record TimelineEntry(
    long Sequence, Instant At, string Type, string Actor, string? RequestId, Guid? CommitmentId, Guid? PromiseId, JsonElement Data);

internal static class ReadTimeline
{
    /// <summary>Read a ticket's timeline</summary>
    /// <remarks>Everything that happened to it, oldest first.</remarks>
    public static async Task<Ok<Paged<TimelineEntry>>> Handle(long id, Page page, HelpDeskDb db, CancellationToken cancel)
    {
        if (!await db.Set<TicketRow>().AnyAsync(row => row.Id == id, cancel)) throw Refusal.NotFound("ticket");
        var events = db.Set<Event>().AsNoTracking().Where(row => row.TicketId == id);
        if (page.After(out long last)) events = events.Where(row => row.Sequence > last);
        var rows = await events.OrderBy(row => row.Sequence).Take(page.Take).ToListAsync(cancel);
        return TypedResults.Ok(page.Of(
            [.. rows.Select(row => new TimelineEntry(
                row.Sequence, row.At, row.Type, row.Actor, row.RequestId, row.CommitmentId, row.PromiseId, JsonSerializer.Deserialize<JsonElement>(row.Data)))],
            row => row.Sequence));
    }
}
