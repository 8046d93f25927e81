using System.Collections.Immutable;
using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>A stretch in which a commitment's clock stands still, <c>[From, To)</c>; <paramref name="To"/> is null while it lasts.</summary>
public readonly record struct Pause(Instant From, Instant? To);

/// <summary>
/// One obligation on one ticket, of one kind, in one cycle, with its clock and its ledger. Immutable; <see cref="TicketClock"/> makes the next one.
/// </summary>
public sealed partial record Commitment
{
    /// <summary>What is owed.</summary>
    public required CommitmentKind Kind { get; init; }

    /// <summary>Counts the commitments of this kind on the ticket, from 1.</summary>
    public required int Cycle { get; init; }

    /// <summary>The rules it was last targeted by; null for a callback, which no policy promises.</summary>
    public Rules? Rules { get; init; }

    /// <summary>The term it was last targeted by.</summary>
    public required Term Term { get; init; }

    /// <summary>Whether this resolution started at a reopening.</summary>
    public bool Reopening { get; init; }

    /// <summary>Running, paused, kept, broken or cancelled; never overdue, which depends on the instant asked about: see <see cref="StateAt"/>.</summary>
    public CommitmentState State { get; init; } = CommitmentState.Running;

    /// <summary>What all its time is counted from.</summary>
    public required Instant StartedAt { get; init; }

    /// <summary>The internal target: the earliest instant at which the target is used up. Null while paused.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>What the customer was told last. Null while paused.</summary>
    public Instant? PromisedAt { get; init; }

    /// <summary>What the customer was told last, kept through a pause; null if nothing was told yet.</summary>
    public Instant? ToldAt { get; init; }

    /// <summary>When the first of its promises to be broken was found broken; null if none was.</summary>
    public Instant? LapsedAt { get; init; }

    /// <summary>Whether a pause found a promise broken before a sweep did: once the clock goes on, its recovery is due.</summary>
    public bool OwesRecovery { get; init; }

    /// <summary>When the obligation was met; null if it was not.</summary>
    public Instant? FulfilledAt { get; init; }

    /// <summary>When it ended, one way or another; null while it is owed.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>When the ticket was reopened after this resolution.</summary>
    public Instant? ReopenedAt { get; init; }

    /// <summary>Time used, frozen when it ended; null while it is owed: see <see cref="UsedAt"/>.</summary>
    public Duration? Used { get; init; }

    /// <summary>Automatic renewals so far, by follow-ups and recoveries.</summary>
    public int Renewals { get; init; }

    /// <summary>Automatic renewals since a human last wrote publicly; this is what the cap counts.</summary>
    public int RenewalsSinceHuman { get; init; }

    /// <summary>Why it was cancelled or given up: <c>resolved</c>, <c>closed</c>, <c>policy</c> or <c>merged</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>The agent's own words, for a callback.</summary>
    public string? Words { get; init; }

    /// <summary>Its pauses, in order, none touching the next.</summary>
    public ImmutableArray<Pause> Pauses { get; init; } = [];

    /// <summary>While paused: what remained of the promise, in the term's hours; null if it had passed already.</summary>
    public Duration? PromiseRemainder { get; init; }

    /// <summary>The ledger, in order.</summary>
    public ImmutableArray<Promise> Promises { get; init; } = [];

    /// <summary>Whether it is still owed.</summary>
    public bool IsOpen => EndedAt is null;

    /// <summary>Whether this is a first or next response.</summary>
    public bool IsResponse => Kind is CommitmentKind.FirstResponse or CommitmentKind.NextResponse;

    /// <summary>The promise that stands, or null.</summary>
    public Promise? OpenPromise => OpenIndex is var index and >= 0 ? Promises[index] : null;

    /// <summary>Where the standing promise is in the ledger, or -1. Not always last: a follow-up that did not leave is behind the promise that stands again.</summary>
    internal int OpenIndex
    {
        get
        {
            var index = Promises.Length - 1;
            while (index >= 0 && Promises[index].Outcome != PromiseOutcome.Open) index--;
            return index;
        }
    }

    /// <summary>Where the promise that the customer was told last is in the ledger, once it was withdrawn.</summary>
    internal int LastWithdrawn
    {
        get
        {
            var index = Promises.Length - 1;
            while (Promises[index] is var promise && (promise.Outcome != PromiseOutcome.Withdrawn || promise.PromisedAt != ToldAt)) index--;
            return index;
        }
    }

    /// <summary>When the follow-up of the standing promise is (or was) due; null when nothing stands or the clock does.</summary>
    public Instant? FollowUpAt => OpenPromise?.FollowUpAt;

    /// <summary>
    /// The earliest instant at which a sweep has something to do: the follow-up, one microsecond after the promise, a step of the ladder, or where a recovery
    /// is owed the end of the pause. Null for never.
    /// </summary>
    public Instant? WakeAt => !IsOpen ? null : NextStepAt is { } step && !(PromiseWakesAt <= step) ? step : PromiseWakesAt;

    private Instant? PromiseWakesAt =>
        OpenPromise is not { } promise ? (OwesRecovery && State == CommitmentState.Running ? Pauses[^1].To : null)
        : promise.FollowedUpAt is null ? promise.FollowUpAt
        : promise.PromisedAt + OneMicrosecond;

    internal static Duration OneMicrosecond { get; } = Duration.FromTicks(10);

    /// <summary>The calendar its term is counted in.</summary>
    public WorkingCalendar Hours => Term.Hours == TermHours.Working && Rules is { } rules ? rules.Calendar : WorkingCalendar.AroundTheClock;

    /// <summary>How it stands at <paramref name="asOf"/>, which must not lie before its last event. Paused outranks overdue.</summary>
    public CommitmentState StateAt(Instant asOf) => State == CommitmentState.Running && HasLapsed(asOf) ? CommitmentState.Overdue : State;

    /// <summary>Whether any of its promises is known to be broken, or the standing one lies before <paramref name="asOf"/>.</summary>
    public bool HasLapsed(Instant asOf) => LapsedAt is not null || (OpenPromise is { } promise && promise.PromisedAt < asOf);

    /// <summary>Whether it is owed, its clock runs, and the instant of its follow-up is past.</summary>
    public bool AtRisk(Instant asOf) => State == CommitmentState.Running && (OpenPromise is not { } promise || promise.FollowUpAt < asOf);

    /// <summary>Time used since the start in the term's hours, less pauses; frozen once it has ended.</summary>
    public Duration UsedAt(Instant asOf)
    {
        if (Used is { } frozen) return frozen;
        var used = Hours.Between(StartedAt, asOf);
        foreach (var pause in Pauses)
        {
            used -= Hours.Between(pause.From, Instant.Min(pause.To ?? asOf, asOf));
        }

        return used;
    }

    /// <summary>False when more than the target is used, true when fulfilled within it, else null. Apart from kept or broken, which judge the promise.</summary>
    public bool? MetTarget(Instant asOf) => UsedAt(asOf) > Term.Target ? false : FulfilledAt is null ? null : true;
}
