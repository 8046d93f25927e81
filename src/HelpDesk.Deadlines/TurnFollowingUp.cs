using NodaTime;

namespace HelpDesk.Deadlines;

// What a sweep does: the ladder and lapses first, then follow-ups, never one that pretends to be in time.
internal sealed partial class Turn
{
    public Turn Sweep(Duration minimumGap, bool reachable)
    {
        ForEachOpen(HasStepDue, Climb);
        ForEachOpen(NeedsRecovery, commitment => Recover(commitment, reachable));
        // The first due pulls the others of the ticket forward, so that they are told in one message; what a recovery just promised is told by it.
        if (IsOwed(commitment => ComesUp(commitment, at)))
        {
            ForEachOpen(
                commitment => ComesUp(commitment, at) || (ComesUp(commitment, at + minimumGap) && !IsRecoveredNow(commitment)),
                commitment => FollowUp(commitment, reachable));
        }

        return this;
    }

    private bool IsRecoveredNow(Commitment commitment) => commitment.OpenPromise is { MadeBy: PromiseMaker.Recovery } promise && promise.MadeAt == at;

    private bool NeedsRecovery(Commitment commitment) => IsLapsed(commitment) || commitment is { OwesRecovery: true, State: CommitmentState.Running };

    private bool IsLapsed(Commitment commitment) => commitment.OpenPromise is { } promise && promise.PromisedAt < at;

    private static bool ComesUp(Commitment commitment, Instant by) =>
        commitment.OpenPromise is { FollowedUpAt: null } promise && promise.FollowUpAt <= by;

    private Commitment Recover(Commitment commitment, bool reachable)
    {
        var broken = commitment.OpenPromise ?? commitment.Promises.Last(promise => promise.Outcome == PromiseOutcome.Broken);
        commitment = BreakIfLapsed(commitment) with { OwesRecovery = false };
        if (!reachable || commitment.RenewalsSinceHuman >= commitment.Term.MaxRenewals)
        {
            Note(ChangeKind.RecoveryStarted, commitment, broken, reachable ? ChangeReasons.Cap : ChangeReasons.Unreachable);
            return commitment;
        }

        var promisedAt = commitment.Hours.Add(at, commitment.Term.EffectiveRenewBy);
        Note(ChangeKind.RecoveryStarted, commitment, broken with { PromisedAt = promisedAt }, before: broken.PromisedAt);
        return Renewed(Promise(commitment, promisedAt, PromiseMaker.Recovery, before: broken.PromisedAt));
    }

    private Commitment FollowUp(Commitment commitment, bool reachable)
    {
        commitment = AlertFirst(commitment);
        var due = commitment.OpenPromise!;
        var followed = commitment with { Promises = commitment.Promises.SetItem(commitment.OpenIndex, due with { FollowedUpAt = at }) };
        if (!reachable || commitment.RenewalsSinceHuman >= commitment.Term.MaxRenewals)
        {
            Note(reachable ? ChangeKind.FollowUpSent : ChangeKind.FollowUpUnreachable, followed, due, reachable ? ChangeReasons.Cap : ChangeReasons.Unreachable);
            return followed;
        }

        var promisedAt = commitment.Hours.Add(Instant.Max(at, due.PromisedAt), commitment.Term.EffectiveRenewBy);
        Note(ChangeKind.FollowUpSent, followed, due with { PromisedAt = promisedAt }, before: due.PromisedAt);
        return Renewed(Promise(EndPromise(followed, PromiseOutcome.Renewed), promisedAt, PromiseMaker.FollowUp, before: due.PromisedAt));
    }

    private static Commitment Renewed(Commitment commitment) => commitment with
    {
        Renewals = commitment.Renewals + 1,
        RenewalsSinceHuman = commitment.RenewalsSinceHuman + 1,
    };

    public Turn WithdrawFollowUp(CommitmentKind kind, int cycle)
    {
        Replace(Owed(kind, cycle), TakeBack);
        return this;
    }

    private Commitment TakeBack(Commitment commitment)
    {
        if (commitment.OpenPromise is not { MadeBy: PromiseMaker.FollowUp })
        {
            throw new ArgumentException("The standing promise was not made by a follow-up.", nameof(commitment));
        }

        var carried = commitment.OpenIndex;
        commitment = Restore(EndPromise(commitment, PromiseOutcome.Withdrawn, ChangeReasons.NotSent), carried - 1) with
        {
            Renewals = commitment.Renewals - 1,
            RenewalsSinceHuman = Math.Max(0, commitment.RenewalsSinceHuman - 1),
        };
        Note(ChangeKind.FollowUpWithdrawn, commitment, commitment.Promises[carried - 1]);
        return commitment;
    }
}
