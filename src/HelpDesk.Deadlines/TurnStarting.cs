using System.Collections.Immutable;
using NodaTime;

namespace HelpDesk.Deadlines;

// How a commitment starts and ends.
internal sealed partial class Turn
{
    /// <summary>Policies' kinds, in the order they start when they start together.</summary>
    private static readonly ImmutableArray<CommitmentKind> Kinds =
        [CommitmentKind.FirstResponse, CommitmentKind.NextResponse, CommitmentKind.Update, CommitmentKind.Resolution];

    /// <summary>Starts a kind from where it would have started had it always been promised; not at all if that never happened.</summary>
    private void StartNaturally(CommitmentKind kind)
    {
        var reopening = kind == CommitmentKind.Resolution && ticket.ReopenedAt is not null;
        if (TermFor(kind, reopening) is { } term && NaturalStart(kind) is { } start) Start(kind, start, term, reopening);
    }

    private Instant? NaturalStart(CommitmentKind kind) => kind switch
    {
        CommitmentKind.FirstResponse => ticket.AwaitsFirstResponse && !IsOwed(commitment => commitment.IsResponse) ? ticket.CreatedAt : null,
        // The opening message starts a next response only where no first response is promised.
        CommitmentKind.NextResponse => IsOwed(commitment => commitment.IsResponse)
            || (ticket.AwaitsFirstResponse && TermFor(CommitmentKind.FirstResponse) is not null) ? null : ticket.OldestUnanswered,
        CommitmentKind.Update => ticket.LastAgentMessage,
        CommitmentKind.Resolution => ticket.ReopenedAt ?? ticket.CreatedAt,
        _ => null,
    };

    /// <param name="start">What the time is counted from; before the event's instant only for a kind that a new policy adds.</param>
    private void Start(CommitmentKind kind, Instant start, Term term, bool reopening = false, string? words = null)
    {
        var commitment = new Commitment
        {
            Kind = kind,
            Cycle = 1 + commitments.Count(other => other.Kind == kind),
            Rules = kind == CommitmentKind.Callback ? null : ticket.Rules,
            Term = term,
            Reopening = reopening,
            Words = words,
            StartedAt = start,
            Pauses = PausesSince(start, term),
        };
        // A kind that comes in late may have used its time up already; what is past cannot be promised.
        if (term.PausesIn.Contains(ticket.Status))
        {
            var remainder = PromisableFrom(term.Promised - commitment.UsedAt(at), term);
            commitment = commitment with { State = CommitmentState.Paused, PromiseRemainder = remainder };
            Note(ChangeKind.CommitmentStarted, commitment);
            Note(ChangeKind.CommitmentPaused, commitment, ticket.Status.ToWord());
        }
        else
        {
            var promisedAt = commitment.WhenUsed(term.Promised);
            if (promisedAt <= at) promisedAt = commitment.Hours.Add(at, term.EffectiveRenewBy);
            commitment = commitment with { DueAt = commitment.WhenUsed(term.Target), PromisedAt = promisedAt };
            Note(ChangeKind.CommitmentStarted, commitment);
            commitment = Promise(commitment, promisedAt, kind == CommitmentKind.Callback ? PromiseMaker.Agent : PromiseMaker.Policy);
        }

        commitments.Add(commitment);
    }

    private static Duration PromisableFrom(Duration remainder, Term term) => remainder > Duration.Zero ? remainder : term.EffectiveRenewBy;

    /// <summary>The stretches since <paramref name="start"/> in which the ticket was in a status that this term stands still in.</summary>
    private ImmutableArray<Pause> PausesSince(Instant start, Term term)
    {
        if (term.PausesIn.IsEmpty) return [];
        var pauses = ImmutableArray.CreateBuilder<Pause>();
        for (var index = 0; index < ticket.Statuses.Length; index++)
        {
            var since = ticket.Statuses[index];
            Instant? until = index + 1 < ticket.Statuses.Length ? ticket.Statuses[index + 1].At : null;
            if (!term.PausesIn.Contains(since.Status) || until <= start) continue;
            var from = Instant.Max(since.At, start);
            if (pauses.Count > 0 && pauses[^1].To == from) pauses[^1] = pauses[^1] with { To = until };
            else pauses.Add(new Pause(from, until));
        }

        return pauses.ToImmutable();
    }

    private Commitment Promise(Commitment commitment, Instant promisedAt, PromiseMaker madeBy, string? reason = null, Instant? before = null)
    {
        var promise = new Promise
        {
            Number = commitment.Promises.Length + 1,
            PromisedAt = promisedAt,
            MadeAt = at,
            MadeBy = madeBy,
            Reason = reason,
            FollowUpAt = commitment.FollowUpFor(at, promisedAt, ticket.KeptQuiet),
            Climbed = commitment.ClimbedOfTarget,
        };
        Note(ChangeKind.PromiseMade, commitment, promise, reason, before);
        return commitment with { PromisedAt = promisedAt, ToldAt = promisedAt, Promises = commitment.Promises.Add(promise) };
    }

    private Commitment Fulfil(Commitment commitment)
    {
        commitment = EndPromise(BreakIfLapsed(commitment), PromiseOutcome.Kept);
        var state = commitment.LapsedAt is null ? CommitmentState.Kept : CommitmentState.Broken;
        commitment = End(commitment with { FulfilledAt = at }, state);
        Note(state == CommitmentState.Kept ? ChangeKind.CommitmentKept : ChangeKind.CommitmentBroken, commitment);
        return commitment;
    }

    /// <summary>Ends an obligation that nobody met: neither kept nor broken, unless it had lapsed.</summary>
    private Commitment GiveUp(Commitment commitment, string reason)
    {
        commitment = EndPromise(BreakIfLapsed(commitment), PromiseOutcome.Withdrawn, reason);
        var state = commitment.LapsedAt is null ? CommitmentState.Cancelled : CommitmentState.Broken;
        commitment = End(commitment with { Reason = reason }, state);
        Note(state == CommitmentState.Cancelled ? ChangeKind.CommitmentCancelled : ChangeKind.CommitmentBroken, commitment, reason);
        return commitment;
    }

    private Commitment End(Commitment commitment, CommitmentState state)
    {
        var used = commitment.UsedAt(at);
        var pauses = commitment.Pauses;
        if (pauses.Length > 0 && pauses[^1].To is null) pauses = pauses.SetItem(pauses.Length - 1, pauses[^1] with { To = at });
        return commitment with { State = state, EndedAt = at, Used = used, Pauses = pauses, PromiseRemainder = null };
    }

    /// <summary>The truth comes before whatever else happens to a commitment: a promise whose instant has passed is broken.</summary>
    private Commitment BreakIfLapsed(Commitment commitment)
    {
        if (commitment.OpenPromise is not { } promise || promise.PromisedAt >= at) return commitment;
        return EndPromise(commitment, PromiseOutcome.Broken) with { LapsedAt = commitment.LapsedAt ?? at };
    }

    private Commitment EndPromise(Commitment commitment, PromiseOutcome outcome, string? reason = null)
    {
        if (commitment.OpenPromise is not { } promise) return commitment;
        Note(
            outcome switch
            {
                PromiseOutcome.Kept => ChangeKind.PromiseKept,
                PromiseOutcome.Renewed => ChangeKind.PromiseRenewed,
                PromiseOutcome.Broken => ChangeKind.PromiseBroken,
                _ => ChangeKind.PromiseWithdrawn,
            },
            commitment, promise, reason);
        return commitment with { Promises = commitment.Promises.SetItem(commitment.OpenIndex, promise.End(outcome, at)) };
    }
}
