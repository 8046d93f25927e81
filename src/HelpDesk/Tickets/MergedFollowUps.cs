using HelpDesk.Deadlines;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>What becomes of follow-ups that have not left when their ticket is merged: they go with the commitment, or are taken back with it.</summary>
internal static class MergedFollowUps
{
    /// <summary>
    /// Before the merge: what is given up by it, or will stand still, is judged by what the customer was told. Where a follow-up has not left and the promise before it
    /// has lapsed meanwhile, the follow-up is taken back: that promise is broken, and not renewed.
    /// </summary>
    public static async Task TakeBack(TicketWork work, Ticket from, Ticket into, CancellationToken cancel)
    {
        var merged = TicketMerge.Merge(into.Clock, from.Clock, work.Now);
        var standing = merged.Into.Clock.Commitments.Where(commitment => commitment.OpenPromise is not null).Select(commitment => (commitment.Kind, commitment.Cycle)).ToHashSet();
        var moved = merged.Moved.Where(each => standing.Contains((each.NewKind, each.NewCycle))).Select(each => (each.Kind, each.Cycle)).ToHashSet();
        await work.WithdrawUnsentFollowUps(from, commitment => UnsentFollowUps.HasLapsed(commitment, work.Now) && !moved.Contains((commitment.Kind, commitment.Cycle)), cancel);
        await work.WithdrawUnsentFollowUps(into, commitment => UnsentFollowUps.HasLapsed(commitment, work.Now) && !standing.Contains((commitment.Kind, commitment.Cycle)), cancel);
    }

    /// <summary>The commitments that are owed, by id, with the promise that stands under each.</summary>
    public static IReadOnlyDictionary<Guid, Guid?> Standing(params Ticket[] tickets) => tickets
        .SelectMany(ticket => ticket.Clock.Commitments.Where(commitment => commitment.IsOpen).Select(commitment => (
            Id: ticket.Ledger.IdOf(commitment),
            Promise: commitment.OpenPromise is { } promise ? ticket.Ledger.IdOf(commitment, promise) : (Guid?)null)))
        .ToDictionary(pair => pair.Id, pair => pair.Promise);

    /// <param name="before">What was owed on both tickets.</param>
    /// <param name="into">The ticket that goes on, after the merge.</param>
    /// <param name="moved">What went over to it.</param>
    public static async Task Settle(
        TicketWork work, IReadOnlyDictionary<Guid, Guid?> before, Ticket into, IReadOnlyList<MovedCommitment> moved, CancellationToken cancel)
    {
        // Their promises may be new and have no ids yet: what was paused goes on where the other ticket does.
        var goOn = into.Clock.Commitments.Where(commitment => commitment.IsOpen).Select(commitment => into.Ledger.IdOf(commitment)).ToHashSet();
        // The merge's own letters tell how all promises stand. A follow-up that tells of one that is given up is not to come after them; it need not be
        // taken back in the ledger, for the promise has ended.
        var givenUp = before.Where(pair => !goOn.Contains(pair.Key)).Select(pair => pair.Value).OfType<Guid>().ToArray();
        await work.WithdrawFollowUpsOf(givenUp, cancel);
        var ids = moved.Select(each => into.Ledger.IdOf(each.NewKind, each.NewCycle)).ToArray();
        if (ids.Length > 0) work.Add(CarryOver(ids, into.Id));
    }

    /// <summary>A follow-up that is late is looked for by its ticket: by the one that owes now what it tells of.</summary>
    private static NpgsqlBatchCommand CarryOver(Guid[] commitments, long into) => new(
        """
        with carried as (update follow_ups set ticket_id = $2 where commitment_id = any ($1) returning delivery_id),
        recovered as (update recoveries set ticket_id = $2 where commitment_id = any ($1) returning delivery_id),
        both_kinds as (select delivery_id from carried union select delivery_id from recovered)
        update deliveries set ticket_id = $2
        where (id in (select delivery_id from both_kinds) or copy_of in (select delivery_id from both_kinds)) and state in ('queued', 'failed', 'dead')
        """) { Parameters = { new() { Value = commitments }, new() { Value = into } } };
}
