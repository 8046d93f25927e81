using HelpDesk.Deadlines;
using HelpDesk.Time;

namespace HelpDesk.Commitments;

/// <summary>How the names that the engine does not know are found: the ids of commitments and promises, the words, the channel.</summary>
internal interface ILedgerNames
{
    Guid IdOf(Commitment commitment);

    Guid IdOf(Commitment commitment, Promise promise);

    string WordsOf(Commitment commitment, Promise promise);

    string? ToldVia(Commitment commitment, Promise promise);

    string? WhyOf(Commitment commitment, Promise promise);
}

internal static class CommitmentViews
{
    public static IReadOnlyList<CommitmentResponse> View(this TicketClock clock, Instant asOf, ILedgerNames names) =>
        [.. clock.Commitments.Select(commitment => commitment.View(asOf, names))];

    private static CommitmentResponse View(this Commitment commitment, Instant asOf, ILedgerNames names)
    {
        var used = commitment.UsedAt(asOf);
        return new CommitmentResponse(
            names.IdOf(commitment),
            commitment.Kind,
            commitment.Cycle,
            commitment.StateAt(asOf),
            commitment.StartedAt,
            commitment.DueAt,
            commitment.PromisedAt,
            commitment.FollowUpAt,
            commitment.AtRisk(asOf),
            commitment.FulfilledAt,
            Seconds.Of(used),
            Seconds.Of(commitment.Term.Target - used),
            commitment.Rules?.PolicyVersion,
            commitment.Renewals,
            commitment.MetTarget(asOf),
            commitment.Reason,
            [.. commitment.Promises.Select(promise => new PromiseResponse(
                names.IdOf(commitment, promise), promise.PromisedAt, promise.MadeAt, promise.MadeBy, names.WordsOf(commitment, promise),
                promise.Outcome, promise.EndedAt, names.ToldVia(commitment, promise), promise.Reason ?? names.WhyOf(commitment, promise)))]);
    }
}
