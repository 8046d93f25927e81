using HelpDesk.Commitments;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Recovery;

/// <summary>What followed one broken promise.</summary>
/// <param name="PromiseId">The broken promise; there is one recovery for it.</param>
/// <param name="CommitmentId">The commitment it was made under.</param>
/// <param name="Kind">What was owed.</param>
/// <param name="PromisedAt">By when it had been promised.</param>
/// <param name="StartedAt">When the apology was written.</param>
/// <param name="Reason">The ticket's reason, as the customer was told it.</param>
/// <param name="Remedy">The policy's remedy, as the customer was told it.</param>
/// <param name="DeliveryId">The apology; null where there was nobody to reach.</param>
/// <param name="NewPromiseId">The promise that the apology made; null where it made none.</param>
/// <param name="NewPromisedAt">By when that was promised.</param>
/// <param name="WithoutPromise">Why nothing new was promised: cap (promised anew as often as the policy allows), unreachable; null where something was.</param>
/// <param name="State">open while what was promised is owed, then closed.</param>
/// <param name="EndedAt">When it was met or given up.</param>
/// <param name="LateBySeconds">How long after this promise it was met, in seconds of elapsed time; null while it is owed and where it was given up.</param>
public sealed record RecoveryResponse(
    Guid PromiseId, Guid CommitmentId, CommitmentKind Kind, Instant PromisedAt, Instant StartedAt, string? Reason, string? Remedy, Guid? DeliveryId,
    Guid? NewPromiseId, Instant? NewPromisedAt, string? WithoutPromise, RecoveryState State, Instant? EndedAt, decimal? LateBySeconds);

/// <summary>Where a recovery stands.</summary>
public enum RecoveryState
{
    /// <summary>What was promised is still owed.</summary>
    Open,

    /// <summary>It was met, late, or given up.</summary>
    Closed,
}

internal static class ListRecoveries
{
    /// <summary>List a ticket's recoveries</summary>
    /// <remarks>One for each promise that was broken before it was kept or given up, in the order the promises were made.</remarks>
    public static async Task<Ok<Paged<RecoveryResponse>>> Handle(long id, Page page, HelpDeskDb db, CancellationToken cancel)
    {
        if (!await db.Set<TicketRow>().AnyAsync(row => row.Id == id, cancel)) throw Refusal.NotFound("ticket");
        Guid? after = page.After(out Guid last) ? last : null;
        return TypedResults.Ok(page.Of([.. await Read(db, id, after, page.Take, cancel)], recovery => recovery.PromiseId));
    }

    /// <summary>All of a ticket's.</summary>
    public static Task<IReadOnlyList<RecoveryResponse>> Of(HelpDeskDb db, long ticket, CancellationToken cancel) => Read(db, ticket, null, int.MaxValue, cancel);

    private static async Task<IReadOnlyList<RecoveryResponse>> Read(HelpDeskDb db, long ticket, Guid? after, int most, CancellationToken cancel)
    {
        var rows = db.Set<RecoveryRow>().AsNoTracking().Where(row => row.TicketId == ticket);
        if (after is { } last) rows = rows.Where(row => row.PromiseId > last);
        var found = await (
            from row in rows.OrderBy(row => row.PromiseId).Take(most)
            join commitment in db.Set<CommitmentRow>() on row.CommitmentId equals commitment.Id
            join broken in db.Set<PromiseRow>() on row.PromiseId equals broken.Id
            join renewed in db.Set<PromiseRow>() on row.NewPromiseId equals (Guid?)renewed.Id into some
            from renewed in some.DefaultIfEmpty()
            orderby row.PromiseId
            select new { Row = row, commitment.Kind, commitment.EndedAt, commitment.FulfilledAt, broken.PromisedAt, NewPromisedAt = renewed == null ? (Instant?)null : renewed.PromisedAt })
            .ToListAsync(cancel);
        return [.. found.Select(each => new RecoveryResponse(
            each.Row.PromiseId, each.Row.CommitmentId, each.Kind, each.PromisedAt, each.Row.At, each.Row.Reason, each.Row.Remedy, each.Row.DeliveryId,
            each.Row.NewPromiseId, each.NewPromisedAt, each.Row.WithoutPromise, each.EndedAt is null ? RecoveryState.Open : RecoveryState.Closed, each.EndedAt,
            each.FulfilledAt is { } met ? Seconds.Of(met - each.PromisedAt) : null))];
    }
}
