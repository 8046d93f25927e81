using System.Collections.Immutable;
using NodaTime;

namespace HelpDesk.Deadlines;

// The ladder: which steps there are, when they fall, and which have been taken.
public sealed partial record Commitment
{
    /// <summary>Its ladder: the term's; of a callback the alert before its follow-up.</summary>
    public ImmutableArray<LadderStep> Ladder => Kind == CommitmentKind.Callback ? LadderStep.OfCallback : Term.Ladder;

    /// <summary>
    /// The instants of the ladder, taken or not, promise by promise: every step of the one that the customer was told last, and the steps from the lapse of
    /// those broken before it, which a recovery's promise does not call off. Empty once ended and while the clock stands. A step that would fall where the
    /// calendar does not reach has none.
    /// </summary>
    public IEnumerable<LadderInstant> LadderInstants() => LadderInstants(isTaken: (_, _) => false);

    private IEnumerable<LadderInstant> LadderInstants(Func<Promise, int, bool> isTaken)
    {
        if (State != CommitmentState.Running) yield break;
        var standing = StandingIndex;
        for (var index = 0; index < Promises.Length; index++)
        {
            var promise = Promises[index];
            if (index != standing && promise.Outcome != PromiseOutcome.Broken) continue;
            for (var number = 1; number <= Ladder.Length; number++)
            {
                var step = Ladder[number - 1];
                if ((index != standing && step.From != LadderBase.Lapse) || isTaken(promise, number)) continue;
                if (InstantOf(step, promise) is { } at) yield return new LadderInstant(promise.Number, number, step, at);
            }
        }
    }

    /// <summary>The earliest instant at which a step is to be taken that has not been; null for none. One from the lapse is never before it.</summary>
    public Instant? NextStepAt
    {
        get
        {
            if (Ladder.IsEmpty) return null;
            return Untaken().Min(step => (Instant?)step.At);
        }
    }

    /// <summary>The steps to be taken by an instant, in the order in which they came up.</summary>
    internal IEnumerable<LadderInstant> StepsDue(Instant by) =>
        Untaken().Where(step => step.At <= by).OrderBy(step => step.At).ThenBy(step => step.Promise).ThenBy(step => step.Number);

    private IEnumerable<LadderInstant> Untaken() => LadderInstants((promise, number) => promise.HasClimbed(number))
        .Select(step => step.Step.From == LadderBase.Lapse ? step with { At = Instant.Max(step.At, Promises[step.Promise - 1].PromisedAt + OneMicrosecond) } : step);

    internal Commitment Taken(LadderInstant step)
    {
        var promise = Promises[step.Promise - 1];
        return this with { Promises = Promises.SetItem(step.Promise - 1, promise with { Climbed = promise.Climbed | (1L << (step.Number - 1)) }) };
    }

    /// <summary>The steps at a percentage of the target that were taken under any promise.</summary>
    internal long ClimbedOfTarget
    {
        get
        {
            if (Term.Ladder.IsEmpty) return 0;
            var taken = 0L;
            foreach (var promise in Promises) taken |= promise.Climbed;
            return Bits(number => (taken >> (number - 1) & 1) != 0 && Term.Ladder[number - 1].From == LadderBase.Target);
        }
    }

    /// <summary>With the ladder of another term: a step that both have stays taken where it was.</summary>
    internal Commitment ClimbingBy(Term term)
    {
        if (Ladder.SequenceEqual(term.Ladder)) return this;
        return this with { Promises = [.. Promises.Select(promise => promise with { Climbed = Bits(term.Ladder, promise) })] };
    }

    private long Bits(ImmutableArray<LadderStep> ladder, Promise promise)
    {
        var taken = Term.Ladder.Where((_, index) => promise.HasClimbed(index + 1)).ToList();
        return Bits(ladder.Length, number => taken.Contains(ladder[number - 1]));
    }

    private long Bits(Func<int, bool> isSet) => Bits(Term.Ladder.Length, isSet);

    private static long Bits(int count, Func<int, bool> isSet)
    {
        var bits = 0L;
        for (var number = 1; number <= count; number++) bits |= isSet(number) ? 1L << (number - 1) : 0;
        return bits;
    }

    /// <summary>Where the promise that the customer was told last is: the one that stands, or past the cap the one that lapsed; -1 for none.</summary>
    private int StandingIndex
    {
        get
        {
            if (OpenIndex is var open and >= 0) return open;
            var index = Promises.Length - 1;
            while (index >= 0 && Promises[index].Outcome != PromiseOutcome.Broken) index--;
            return index;
        }
    }

    private Instant? InstantOf(LadderStep step, Promise promise)
    {
        try
        {
            return step.From switch
            {
                LadderBase.Target => WhenUsed(Share(step.Percent)),
                LadderBase.FollowUp => Instant.Max(
                    promise.FollowUpAt - Term.Fraction(promise.PromisedAt - promise.FollowUpAt, 2),
                    promise.MadeAt + Term.Fraction(promise.FollowUpAt - promise.MadeAt, 2)),
                _ => Offset(promise.PromisedAt, step.Offset),
            };
        }
        catch (Exception error) when (error is NeverOpenException or DeadlineOutOfReachException or OverflowException)
        {
            return null;
        }
    }

    private Duration Share(int percent) => Term.Microseconds((long)((Int128)(Term.Target.BclCompatibleTicks / 10) * percent / 100));

    private Instant Offset(Instant promisedAt, Duration offset) =>
        offset < Duration.Zero ? Hours.Subtract(promisedAt, -offset) : Hours.Add(promisedAt, offset);
}
