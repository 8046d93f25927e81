using HelpDesk.Commitments.Explaining;
using HelpDesk.Deadlines;

namespace HelpDesk.Commitments;

/// <summary>Why each commitment stands where it does.</summary>
/// <param name="Commitments">One entry per commitment, in the order they began.</param>
public sealed record ExplanationResponse(IReadOnlyList<CommitmentExplanation> Commitments);

/// <summary>Why one commitment stands where it does.</summary>
/// <param name="Id">Names the commitment.</param>
/// <param name="Kind">What is owed.</param>
/// <param name="Steps">What happened to it.</param>
/// <param name="Segments">Which time was counted. The counted durations add up to usedSeconds exactly.</param>
public sealed record CommitmentExplanation(
    Guid Id, CommitmentKind Kind, IReadOnlyList<ExplanationStep> Steps, IReadOnlyList<ExplanationSegment> Segments);

/// <summary>One thing that happened.</summary>
/// <param name="At">When.</param>
/// <param name="What">A stable word, such as commitment_started.</param>
/// <param name="Text">The same in a sentence, in the language asked for (lang, Accept-Language), with dates in the zone of the policy's calendar.</param>
public sealed record ExplanationStep(Instant At, string What, string Text);

/// <summary>A stretch of time.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="As">working, closed, holiday or paused.</param>
/// <param name="Counted">How much of it was counted.</param>
public sealed record ExplanationSegment(Instant From, Instant To, SegmentKind As, Duration Counted);

internal static class Explanations
{
    public static ExplanationResponse Explain(this TicketClock clock, IReadOnlyList<ClockChange> journal, Instant asOf, Telling telling, ILedgerNames names)
    {
        var byCommitment = journal.ToLookup(change => (change.Kind, change.Cycle));
        return new ExplanationResponse([.. clock.Commitments.Select(commitment => new CommitmentExplanation(
            names.IdOf(commitment),
            commitment.Kind,
            [.. Told([.. byCommitment[(commitment.Kind, commitment.Cycle)]], telling).Select(change => new ExplanationStep(change.At, Explanation.What(change.What), StepProse.Say(change, telling)))],
            [.. Explanation.Segments(commitment, asOf).Select(segment => new ExplanationSegment(segment.From, segment.To, segment.As, segment.Counted))]))]);
    }

    private static IReadOnlyList<ClockChange> Told(IReadOnlyList<ClockChange> journal, Telling telling) => telling.ForCustomer ? CustomerSteps.Of(journal) : journal;
}
