using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>A follow-up that left while a history was played.</summary>
/// <param name="Promised">The new promised instant, or null when the cap on renewals was reached.</param>
public readonly record struct PlayedFollowUp(CommitmentKind Kind, int Cycle, Instant At, Instant? Promised);

/// <summary>A history played to its end: the clocks, the whole journal, and the follow-ups that left.</summary>
public sealed record Played(TicketClock Clock, IReadOnlyList<ClockChange> Journal)
{
    /// <summary>The follow-ups, in order.</summary>
    public IEnumerable<PlayedFollowUp> FollowUps => Journal
        .Where(change => change.What == ChangeKind.FollowUpSent)
        .Select(change => new PlayedFollowUp(change.Kind, change.Cycle, change.At, change.Before is null ? null : change.PromisedAt));
}

/// <summary>
/// The rehearsal: a history of events played over the rules, nothing stored, nothing sent. The same history and rules always give the same answer.
/// </summary>
public static class TicketHistory
{
    /// <summary>The gap within which the promises of one ticket are told in one message, unless told otherwise.</summary>
    public static readonly Duration DefaultMinimumGap = Duration.FromMinutes(15);

    /// <summary>
    /// Plays <paramref name="events"/>, in order of time, up to <paramref name="asOf"/> (inclusive; not before the last event). With
    /// <paramref name="followWithin"/> the sweep is played too, at every instant at which something is due, with that minimum gap: an event at the same
    /// instant as a sweep comes first, and a lapse is played one microsecond after its promise. Without it only the clocks run. <paramref name="quiet"/> are the customer's quiet hours.
    /// </summary>
    /// <exception cref="ArgumentException">The events are not in order of time, or one of them cannot happen.</exception>
    public static Played Play(TicketOpened opened, Rules? rules, IEnumerable<TicketEvent> events, Instant asOf, Duration? followWithin = null, QuietHours? quiet = null)
    {
        var (clock, changes) = TicketClock.Open(opened, rules, quiet);
        var journal = new List<ClockChange>(changes);
        var now = opened.At;
        foreach (var happened in events)
        {
            if (happened.At < now) throw new ArgumentException("Events are given in order of time.", nameof(events));
            clock = Follow(clock, now, happened.At - Commitment.OneMicrosecond, followWithin, journal);
            now = happened.At;
            clock = Take(clock.Apply(happened), journal);
        }

        if (asOf < now) throw new ArgumentException("The instant asked about lies before the last event.", nameof(asOf));
        return new Played(Follow(clock, now, asOf, followWithin, journal), journal);
    }

    private static TicketClock Follow(TicketClock clock, Instant now, Instant until, Duration? minimumGap, List<ClockChange> journal)
    {
        if (minimumGap is not { } gap) return clock;
        while (clock.WakeAt is { } wake)
        {
            // A shorter lead can put a follow-up into the past, another ladder a step: it leaves, and is taken, now.
            now = Instant.Max(wake, now);
            if (now > until) break;
            var swept = clock.Apply(new Swept(now, gap));
            clock = Take(swept, journal);
            foreach (var step in swept.Changes)
            {
                if (Raised(clock, step) is { } raised) clock = Take(clock.Apply(raised), journal);
            }
        }

        return clock;
    }

    /// <summary>What a step of the ladder changes of the clocks: under the same rules the ticket is one step more urgent. Null where it changes nothing.</summary>
    public static Reclassified? Raised(TicketClock clock, ClockChange step) =>
        step is { What: ChangeKind.LadderClimbed, Do: LadderStep.RaisePriority } && clock.Priority < Priority.Urgent
            ? new Reclassified(step.At, clock.Priority + 1, clock.Rules, ChangeReasons.Ladder)
            : null;

    private static TicketClock Take(Step step, List<ClockChange> journal)
    {
        journal.AddRange(step.Changes);
        return step.Clock;
    }
}
