using HelpDesk.Commitments;
using HelpDesk.Deadlines;

namespace HelpDesk.Rehearsals;

/// <summary>A ticket as it was and came out.</summary>
/// <param name="Skip">Why it cannot be played; null where it can.</param>
/// <param name="Verdicts">How its commitments really came out.</param>
internal sealed record RealTicket(
    long Id, TicketOpened Opened, QuietHours? Quiet, IReadOnlyList<TicketEvent> Events, string? Skip, IReadOnlyDictionary<(CommitmentKind Kind, int Cycle), Verdict> Verdicts)
{
    /// <summary>The same ticket, had these rules been its own from the beginning: how its commitments would have come out.</summary>
    /// <param name="followWithin">The minimum gap of follow-ups; null where the clocks run alone.</param>
    public Dictionary<(CommitmentKind Kind, int Cycle), Verdict> Rehearse(Rules rules, Instant now, Duration? followWithin)
    {
        var events = Events.Select(happened => happened is Reclassified change ? change with { Rules = rules } : happened);
        var asOf = Events.Count > 0 ? Instant.Max(now, Events[^1].At) : Instant.Max(now, Opened.At);
        var clock = TicketHistory.Play(Opened, rules, events, asOf, followWithin, Quiet).Clock;
        var verdicts = new Dictionary<(CommitmentKind, int), Verdict>(clock.Commitments.Length);
        foreach (var commitment in clock.Commitments) verdicts[(commitment.Kind, commitment.Cycle)] = Of(commitment, asOf);
        return verdicts;
    }

    private static Verdict Of(Commitment commitment, Instant asOf) => Of(commitment.State, commitment.HasLapsed(asOf), commitment.Renewals);

    public static Verdict Of(CommitmentState state, bool hasLapsed, int renewals) =>
        hasLapsed || state is CommitmentState.Broken or CommitmentState.Overdue ? Verdict.Broken
        : renewals > 0 ? Verdict.Renewed
        : state == CommitmentState.Kept ? Verdict.Kept
        : state == CommitmentState.Cancelled ? Verdict.Cancelled
        : Verdict.Open;
}
