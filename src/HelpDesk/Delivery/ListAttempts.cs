using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Delivery;

/// <summary>One attempt to hand a message over.</summary>
/// <param name="Number">Its number, counted from the first attempt ever made. Example: 1.</param>
/// <param name="At">When it began. Example: "2026-03-02T08:00:00Z".</param>
/// <param name="Took">How long it took. Example: "PT1S".</param>
/// <param name="Server">Whom it was handed to: host and port of the mail server or webhook; <c>folder</c> or <c>inbox</c> where there is none. Example: "mail.example.com:587".</param>
/// <param name="Outcome">What it came to. <c>unreachable</c> does not count in <c>attempts</c> of the delivery. Example: "failed".</param>
/// <param name="Words">What the server said, or what went wrong on the way to it; up to 500 characters. Where a mail server took the message this is mostly the name it goes under there. Null for a post that was taken, and where there is no server. Example: "250 2.0.0 Ok: queued as 4bXk2v0Zq1z9".</param>
public sealed record AttemptAnswer(int Number, Instant At, IsoDuration Took, string Server, AttemptOutcome Outcome, string? Words);

internal static class ListAttempts
{
    /// <summary>List the attempts to hand a message over</summary>
    /// <remarks>Oldest first. They are kept as long as the message's words.</remarks>
    public static async Task<Paged<AttemptAnswer>> Handle(Guid id, Page page, HelpDeskDb db, CancellationToken cancel)
    {
        if (!await db.Set<Delivery>().AnyAsync(row => row.Id == id, cancel)) throw Refusal.NotFound("delivery");
        var rows = db.Set<DeliveryAttempt>().AsNoTracking().Where(row => row.DeliveryId == id);
        if (page.After(out int last)) rows = rows.Where(row => row.Number > last);
        var found = await rows.OrderBy(row => row.Number).Take(page.Take).ToListAsync(cancel);
        return page.Of([.. found.Select(row => new AttemptAnswer(row.Number, row.At, Instants.FromMicroseconds(row.Took), row.Server, row.Outcome, row.Words))], answer => answer.Number);
    }
}
