using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>One dated statement told to the customer. The ledger of a commitment's promises only grows; a promise changes once, when it ends.</summary>
public sealed record Promise
{
    /// <summary>Its place in the commitment's ledger, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>What was promised. Inclusive: at this instant it is still kept.</summary>
    public required Instant PromisedAt { get; init; }

    /// <summary>When it was made.</summary>
    public required Instant MadeAt { get; init; }

    /// <summary>Who made it.</summary>
    public required PromiseMaker MadeBy { get; init; }

    /// <summary>Why it was made, where it took the place of another: a stable word such as <c>priority</c>, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>How it ended.</summary>
    public PromiseOutcome Outcome { get; init; }

    /// <summary>When it ended; null while it stands.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>When its follow-up is due.</summary>
    public required Instant FollowUpAt { get; init; }

    /// <summary>When its follow-up left; null if none has. A promise has one follow-up at most, even if that was withdrawn.</summary>
    public Instant? FollowedUpAt { get; init; }

    /// <summary>The steps of the ladder that were taken under it: the lowest bit is step 1.</summary>
    public long Climbed { get; init; }

    /// <summary>Whether a step of the ladder, counted from 1, was taken under it.</summary>
    public bool HasClimbed(int step) => (Climbed >> (step - 1) & 1) != 0;

    internal Promise End(PromiseOutcome outcome, Instant at) => this with { Outcome = outcome, EndedAt = at };
}
