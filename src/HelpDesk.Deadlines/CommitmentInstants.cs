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

    /// <summary>The instants of the ladder of the standing promise, in the order of the ladder. Empty while the clock stands or nothing is promised.</summary>
    public IEnumerable<LadderInstant> LadderInstants()
    {
        if (State != CommitmentState.Running || PromisedAt is not { } promisedAt) yield break;
        for (var number = 1; number <= Term.Ladder.Length; number++)
        {
            var step = Term.Ladder[number - 1];
            yield return new LadderInstant(number, step, step.From == LadderBase.Target ? WhenUsed(Share(step.Percent)) : Offset(promisedAt, step.Offset));
        }
    }

    private Duration Share(int percent) => Term.Microseconds((long)((Int128)(Term.Target.BclCompatibleTicks / 10) * percent / 100));

    private Instant Offset(Instant promisedAt, Duration offset) =>
        offset < Duration.Zero ? Hours.Subtract(promisedAt, -offset) : Hours.Add(promisedAt, offset);
}
