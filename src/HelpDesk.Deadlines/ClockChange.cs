using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>What an event did to a commitment or a promise.</summary>
public enum ChangeKind
{
    /// <summary>A commitment began.</summary>
    CommitmentStarted,

    /// <summary>Its clock stands still.</summary>
    CommitmentPaused,

    /// <summary>Its clock goes on.</summary>
    CommitmentResumed,

    /// <summary>It is counted by another term, policy version or calendar.</summary>
    CommitmentRetargeted,

    /// <summary>It ended, kept.</summary>
    CommitmentKept,

    /// <summary>It ended, broken.</summary>
    CommitmentBroken,

    /// <summary>It ended, neither kept nor broken.</summary>
    CommitmentCancelled,

    /// <summary>The ticket was reopened after this resolution, whose verdict stays.</summary>
    CommitmentReopened,

    /// <summary>A promise was made.</summary>
    PromiseMade,

    /// <summary>A follow-up replaced a promise before it lapsed.</summary>
    PromiseRenewed,

    /// <summary>A promise was kept.</summary>
    PromiseKept,

    /// <summary>A promise lapsed.</summary>
    PromiseBroken,

    /// <summary>A promise was withdrawn.</summary>
    PromiseWithdrawn,

    /// <summary>A promise whose follow-up was withdrawn stands again.</summary>
    PromiseRestored,

    /// <summary>A follow-up was made; without a new promise when the cap on renewals was reached.</summary>
    FollowUpSent,

    /// <summary>A follow-up was due and there was nobody to reach.</summary>
    FollowUpUnreachable,

    /// <summary>A follow-up did not leave.</summary>
    FollowUpWithdrawn,

    /// <summary>A lapse is being made good; without a new promise when the cap on renewals was reached or there is nobody to reach.</summary>
    RecoveryStarted,

    /// <summary>A step of the ladder was taken.</summary>
    LadderClimbed,
}

/// <summary>One entry of the journal that applying an event yields: what it did, to which commitment, with the instants that matter.</summary>
public sealed record ClockChange(Instant At, ChangeKind What, CommitmentKind Kind, int Cycle)
{
    /// <summary>The number of the promise concerned, in the commitment's ledger.</summary>
    public int? Promise { get; init; }

    /// <summary>The target instant after the change.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>The promised instant after the change (for a promise: its own).</summary>
    public Instant? PromisedAt { get; init; }

    /// <summary>The promised instant that this one took the place of.</summary>
    public Instant? Before { get; init; }

    /// <summary>Time used by then.</summary>
    public Duration? Used { get; init; }

    /// <summary>The target after the change.</summary>
    public Duration? Target { get; init; }

    /// <summary>The hours it is counted in.</summary>
    public TermHours? Hours { get; init; }

    /// <summary>Who made the promise.</summary>
    public PromiseMaker? MadeBy { get; init; }

    /// <summary>The number of the ladder's step that was taken, from 1.</summary>
    public int? Step { get; init; }

    /// <summary>What the step does.</summary>
    public string? Do { get; init; }

    /// <summary>Whom the step is for.</summary>
    public string? To { get; init; }

    /// <summary>Why: a stable word such as <c>waiting_on_customer</c>, <c>priority</c>, <c>resolved</c>.</summary>
    public string? Reason { get; init; }
}

/// <summary>A ticket's clocks after an event, and what the event did.</summary>
public readonly record struct Step(TicketClock Clock, IReadOnlyList<ClockChange> Changes);
