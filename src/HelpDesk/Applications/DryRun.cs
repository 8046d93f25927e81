using HelpDesk.Access;
using HelpDesk.Deadlines;
using HelpDesk.Policies;
using HelpDesk.Tickets;

namespace HelpDesk.Applications;

/// <summary>Applies a version to the clocks of open tickets and writes nothing.</summary>
internal sealed class DryRun(TicketDesk desk, PolicyShelf policies)
{
    private const int AtOnce = 500;

    /// <summary>A report is answered within this, and a little: what it did not come to is a matter of its cursor.</summary>
    private static readonly Duration Longest = Duration.FromSeconds(10);

    /// <param name="after">The ticket to begin after.</param>
    /// <param name="most">Commitments to list.</param>
    public async Task<(ApplicationReport Report, long? Next)> Of(ApplicationOrder order, long after, int most, Instant now, CancellationToken cancel)
    {
        var start = desk.Stopwatch;
        var tickets = await OpenTickets.Count(desk.Database, null, order, after, cancel);
        var (tally, items) = (new Tally([]), new List<CommitmentEffect>());
        var (last, lookedAt, isComplete) = (after, 0L, false);
        long? listed = null;
        while (!isComplete && desk.Since(start) < Longest)
        {
            var ids = await OpenTickets.After(desk.Database, null, order, last, AtOnce, cancel);
            foreach (var ticket in await desk.Reader.Read(desk.Database, ids, Caller.Desk, cancel))
            {
                var effects = await Effect(order, ticket, tally, now, cancel);
                if (listed is null && items.Count > 0 && items.Count + effects.Count > most) listed = ticket.Id - 1;
                if (listed is null) items.AddRange(effects);
            }

            lookedAt += ids.Length;
            if (ids.Length > 0) last = ids[^1];
            isComplete = ids.Length < AtOnce;
        }

        return (new ApplicationReport(order, tickets, lookedAt, isComplete, tally.Whole(), items, null), listed ?? (isComplete ? null : last));
    }

    private async Task<IReadOnlyList<CommitmentEffect>> Effect(ApplicationOrder order, Ticket ticket, Tally tally, Instant now, CancellationToken cancel)
    {
        if (ticket.Policy is not { } policy || order.Next(policy.Key) is not var (key, why)) return [];
        try
        {
            var next = await policies.Get(key, null, cancel);
            var after = ticket.Clock.Apply(new Reclassified(Instant.Max(now, ticket.UpdatedAt), ticket.Priority, next.Rules, why)).Clock;
            var effects = Effects.Between(ticket.Ledger, ticket.Clock, after);
            tally.AddTicket(effects);
            return effects;
        }
        catch (Exception error) when (error is NeverOpenException or DeadlineOutOfReachException)
        {
            tally.Add("failed");
            return [];
        }
    }
}
