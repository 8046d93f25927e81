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
}
