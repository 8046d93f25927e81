using System.Linq.Expressions;
using HelpDesk.Commitments;
using HelpDesk.Database;
using HelpDesk.Deadlines;

namespace HelpDesk.Tickets;

/// <summary>
/// Tickets by the states of their commitments, a bit each (tickets.states). Overdue is the one that comes of itself: until a sweep has written it down, the earliest
/// promise tells. The bits stand in the queries as constants, because each has an index of its own.
/// </summary>
internal static class StateFilter
{
    private const int Running = 1;
    private const int Paused = 2;
    private const int Overdue = 4;
    private const int Kept = 8;
    private const int Broken = 16;
    private const int Cancelled = 32;

    // The highest: so a comparison tells, of which PostgreSQL knows how many there are.
    private const int InRecovery = 64;

    public static int BitsOf(IEnumerable<Commitment> commitments) =>
        commitments.Aggregate(0, (bits, commitment) => bits | BitOf(commitment) | (commitment.IsInRecovery() ? InRecovery : 0));

    private static int BitOf(Commitment commitment) => commitment.State switch
    {
        CommitmentState.Running => commitment.LapsedAt is null ? Running : Overdue,
        CommitmentState.Paused => Paused,
        CommitmentState.Kept => Kept,
        CommitmentState.Broken => Broken,
        CommitmentState.Cancelled => Cancelled,
        var state => throw new InvalidOperationException($"A commitment is stored as {state}."),
    };

    public static TicketCondition Of(IReadOnlyList<CommitmentState> states, HelpDeskDb db, Instant now)
    {
        var alternatives = states.SelectMany(state => Alternatives(state, db, now)).ToList();
        return new TicketCondition(TicketCondition.AnyOf(alternatives), [.. alternatives.Select(alternative => new TicketAlternative(alternative))]);
    }

    /// <summary>A promise was broken, and what it promised is still owed.</summary>
    public static bool IsInRecovery(this Commitment commitment) => commitment is { IsOpen: true, LapsedAt: not null };

    public static TicketCondition InRecoveryIs(bool isIt) =>
        TicketCondition.Of(isIt ? row => row.States >= InRecovery : row => row.States < InRecovery);

    private static IEnumerable<Expression<Func<TicketRow, bool>>> Alternatives(CommitmentState state, HelpDeskDb db, Instant now) => state switch
    {
        CommitmentState.Running => [IsRunning(db, now)],
        CommitmentState.Paused => [row => (row.States & Paused) != 0],
        CommitmentState.Overdue => [row => (row.States & Overdue) != 0, row => row.NextPromisedAt < now],
        CommitmentState.Kept => [row => (row.States & Kept) != 0],
        CommitmentState.Broken => [row => (row.States & Broken) != 0],
        _ => [row => (row.States & Cancelled) != 0],
    };

    /// <summary>Where the earliest promise has passed, another commitment may still run.</summary>
    private static Expression<Func<TicketRow, bool>> IsRunning(HelpDeskDb db, Instant now) => row =>
        (row.States & Running) != 0
        && (row.NextPromisedAt == null || row.NextPromisedAt >= now
            || db.Set<CommitmentRow>().Any(commitment => commitment.TicketId == row.Id && commitment.State == CommitmentState.Running
                && commitment.LapsedAt == null && (commitment.PromisedAt == null || commitment.PromisedAt >= now)));
}
