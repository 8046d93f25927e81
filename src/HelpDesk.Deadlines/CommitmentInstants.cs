using NodaTime;

namespace HelpDesk.Deadlines;

// The instants that follow from a commitment's start, pauses and term.
public sealed partial record Commitment
{
    /// <summary>The earliest instant at which <paramref name="used"/> has been used since the start, less pauses. The clock must be running.</summary>
    internal Instant WhenUsed(Duration used)
    {
        var remaining = used;
        var from = StartedAt;
        foreach (var pause in Pauses)
        {
            var available = Hours.Between(from, pause.From);
            if (remaining <= available) return Hours.Add(from, remaining);
            remaining -= available;
            from = pause.To ?? throw new InvalidOperationException("A paused clock has no instant ahead.");
        }

        return Hours.Add(from, remaining);
    }

    /// <summary>
    /// When the follow-up of a promise leaves: the lead before it, in the term's hours, but never more than half the time from its making; and before
    /// quiet hours that would cover the promise, unless it was made in them: then nothing is gained by leaving at once.
    /// </summary>
    internal Instant FollowUpFor(Instant madeAt, Instant promisedAt, QuietHours? quiet)
    {
        var lead = Duration.Min(Term.EffectiveLead, Term.Fraction(Hours.Between(madeAt, promisedAt), 2));
        var followUpAt = Hours.Subtract(promisedAt, lead);
        return quiet?.Before(followUpAt, promisedAt) is { } early && early > madeAt ? early : followUpAt;
    }

    /// <summary>
    /// The instants of the ladder, promise by promise: every step of the one that the customer was told last, and the steps from the lapse of those
    /// broken before it, which a recovery's promise does not call off. Empty once ended and while the clock stands.
    /// </summary>
    public IEnumerable<LadderInstant> LadderInstants()
    {
        if (State != CommitmentState.Running) yield break;
        foreach (var promise in Promises)
        {
            var isStanding = promise.Outcome == PromiseOutcome.Open || (OpenIndex < 0 && promise.PromisedAt == PromisedAt);
            if (!isStanding && promise.Outcome != PromiseOutcome.Broken) continue;
            for (var number = 1; number <= Term.Ladder.Length; number++)
            {
                var step = Term.Ladder[number - 1];
                if (!isStanding && step.From != LadderBase.Lapse) continue;
                var at = step.From == LadderBase.Target ? WhenUsed(Share(step.Percent)) : Offset(promise.PromisedAt, step.Offset);
                yield return new LadderInstant(promise.Number, number, step, at);
            }
        }
    }

    private Duration Share(int percent) => Term.Microseconds((long)((Int128)(Term.Target.BclCompatibleTicks / 10) * percent / 100));

    private Instant Offset(Instant promisedAt, Duration offset) =>
        offset < Duration.Zero ? Hours.Subtract(promisedAt, -offset) : Hours.Add(promisedAt, offset);
}
