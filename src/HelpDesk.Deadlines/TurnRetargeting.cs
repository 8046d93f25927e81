using NodaTime;

namespace HelpDesk.Deadlines;

// How a commitment pauses and resumes, and how it is counted anew.
internal sealed partial class Turn
{
    private Commitment StandStillOrGoOn(Commitment commitment, string reason) =>
        (commitment.State, commitment.Term.PausesIn.Contains(ticket.Status)) switch
        {
            (CommitmentState.Running, true) => Pause(commitment, reason),
            (CommitmentState.Paused, false) => Resume(commitment, reason),
            _ => commitment,
        };

    private Commitment Pause(Commitment commitment, string reason)
    {
        var isLapsed = IsLapsed(commitment);
        commitment = BreakIfLapsed(commitment);
        Duration? remainder = commitment.OpenPromise is { } promise ? commitment.Hours.Between(at, promise.PromisedAt) : null;
        commitment = EndPromise(commitment, PromiseOutcome.Withdrawn, reason) with
        {
            State = CommitmentState.Paused,
            Pauses = commitment.Pauses.Add(new Pause(at, null)),
            PromiseRemainder = remainder,
            OwesRecovery = commitment.OwesRecovery || isLapsed,
            DueAt = null,
            PromisedAt = null,
        };
        Note(ChangeKind.CommitmentPaused, commitment, reason);
        return commitment;
    }

    private Commitment Resume(Commitment commitment, string reason)
    {
        var pauses = commitment.Pauses;
        var told = commitment.ToldAt;
        var remainder = commitment.PromiseRemainder;
        // A calendar's change may leave nothing to count before a promise that was ahead when the clock stopped. That it is past now is the
        // pause's doing and no lapse: it is promised for the next opening.
        if (remainder == Duration.Zero && told > pauses[^1].From && told <= at) remainder = Commitment.OneMicrosecond;
        commitment = commitment with
        {
            State = CommitmentState.Running,
            Pauses = pauses.SetItem(pauses.Length - 1, pauses[^1] with { To = at }),
            PromiseRemainder = null,
        };
        var promisedAt = remainder > Duration.Zero ? commitment.Hours.Add(at, remainder.Value) : told;
        commitment = commitment with { DueAt = commitment.WhenUsed(commitment.Term.Target), PromisedAt = promisedAt };
        Note(ChangeKind.CommitmentResumed, commitment, reason);
        return remainder is null ? commitment
            : remainder > Duration.Zero ? Promise(commitment, promisedAt!.Value, PromiseMaker.Policy, ChangeReasons.Resumed, before: told)
            : Restore(commitment, commitment.LastWithdrawn);
    }

    /// <summary>Nothing was left of a promise: it stands where it was. It has lapsed if the clock stopped at its very instant.</summary>
    private Commitment Restore(Commitment commitment, int index)
    {
        var promise = commitment.Promises[index];
        promise = promise with { Outcome = PromiseOutcome.Open, EndedAt = null, Climbed = promise.Climbed | commitment.ClimbedOfTarget };
        Note(ChangeKind.PromiseRestored, commitment, promise);
        return commitment with { Promises = commitment.Promises.SetItem(index, promise), PromisedAt = promise.PromisedAt, ToldAt = promise.PromisedAt };
    }

    public Turn Reclassified(Reclassified reclassified)
    {
        var (oldRules, oldPriority) = (ticket.Rules, ticket.Priority);
        ticket = ticket with { Rules = reclassified.Rules, Priority = reclassified.Priority };
        ForEachOpen(commitment => commitment.Kind != CommitmentKind.Callback, commitment => Retarget(commitment, reclassified.Why));
        if (TicketClock.IsOver(ticket.Status)) return this;
        foreach (var kind in Kinds)
        {
            // A message that was to have a first response and no longer is waits for a next one, even where that kind was promised before.
            var isNew = kind == CommitmentKind.NextResponse || oldRules?.Policy.For(kind, oldPriority) is null;
            if (isNew && !IsOwed(commitment => commitment.Kind == kind)) StartNaturally(kind);
        }

        return this;
    }

    private Commitment Retarget(Commitment commitment, string why)
    {
        // Nothing that has lapsed is rewritten, not even by a policy that no longer promises the like.
        if (commitment.HasLapsed(at)) return commitment;
        if (TermFor(commitment.Kind, commitment.Reopening) is not { } term) return GiveUp(commitment, ChangeReasons.Policy);
        var isSame = ReferenceEquals(ticket.Rules, commitment.Rules) && term.Equals(commitment.Term);
        if (isSame) return commitment;
        var next = commitment.ClimbingBy(term) with { Term = term, Rules = ticket.Rules };
        return next.State == CommitmentState.Paused ? RetargetPaused(next, commitment.Term, why) : RetargetRunning(next, why);
    }

    private Commitment RetargetPaused(Commitment commitment, Term before, string why)
    {
        var remainder = commitment.Term.Promised - commitment.UsedAt(at);
        var isShorter = commitment.Renewals == 0 && remainder > Duration.Zero && remainder < commitment.PromiseRemainder;
        // What has not been told yet need not stand.
        if (commitment.ToldAt is null) commitment = commitment with { PromiseRemainder = PromisableFrom(remainder, commitment.Term) };
        else if (isShorter) commitment = commitment with { PromiseRemainder = remainder };
        if (isShorter || commitment.Term.Target != before.Target) Note(ChangeKind.CommitmentRetargeted, commitment, why);
        return StandStillOrGoOn(commitment, why);
    }

    private Commitment RetargetRunning(Commitment commitment, string why)
    {
        var before = commitment.DueAt;
        var told = commitment.OpenPromise!;
        commitment = commitment with { DueAt = commitment.WhenUsed(commitment.Term.Target) };
        var promisedAt = commitment.WhenUsed(commitment.Term.Promised);
        var moves = commitment.Renewals == 0 && promisedAt > at && promisedAt < told.PromisedAt;
        if (moves)
        {
            Note(ChangeKind.CommitmentRetargeted, commitment with { PromisedAt = promisedAt }, why);
            commitment = Promise(EndPromise(commitment, PromiseOutcome.Withdrawn, why), promisedAt, PromiseMaker.Policy, why, before: told.PromisedAt);
        }
        else
        {
            if (commitment.DueAt != before) Note(ChangeKind.CommitmentRetargeted, commitment, why);
            commitment = ReplanFollowUp(commitment, told);
        }

        return StandStillOrGoOn(commitment, why);
    }

    /// <summary>The promise stands; only the lead by which it is followed up may have changed. A follow-up that has left stays as it was.</summary>
    private Commitment ReplanFollowUp(Commitment commitment, Promise told) => told.FollowedUpAt is not null ? commitment : commitment with
    {
        Promises = commitment.Promises.SetItem(
            commitment.OpenIndex,
            told with { FollowUpAt = commitment.FollowUpFor(told.MadeAt, told.PromisedAt, ticket.KeptQuiet) }),
    };
}
