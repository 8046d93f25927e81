using HelpDesk.Deadlines;

namespace HelpDesk.Commitments;

/// <summary>A commitment as the table has it. Written by <see cref="LedgerWriter"/> alone; read here by lists, sweeps and tests.</summary>
internal sealed class CommitmentRow
{
    public Guid Id { get; private set; }

    public long TicketId { get; private set; }

    public CommitmentKind Kind { get; private set; }

    public int Cycle { get; private set; }

    public CommitmentState State { get; private set; }

    public Guid? PolicyId { get; private set; }

    public int? PolicyVersion { get; private set; }

    public Guid? CalendarId { get; private set; }

    public int? CalendarVersion { get; private set; }

    public string Term { get; private set; } = "";

    public bool Reopening { get; private set; }

    public Instant StartedAt { get; private set; }

    public Instant? DueAt { get; private set; }

    public Instant? PromisedAt { get; private set; }

    public Instant? ToldAt { get; private set; }

    public Instant? FollowUpAt { get; private set; }

    public Instant? WakeAt { get; private set; }

    public Instant? LapsedAt { get; private set; }

    public bool OwesRecovery { get; private set; }

    public Instant? FulfilledAt { get; private set; }

    public Instant? EndedAt { get; private set; }

    public Instant? ReopenedAt { get; private set; }

    public Duration? Used { get; private set; }

    public int Renewals { get; private set; }

    public int RenewalsSinceHuman { get; private set; }

    public string? Reason { get; private set; }

    public string? Words { get; private set; }

    public string Pauses { get; private set; } = "[]";

    public Duration? PromiseRemainder { get; private set; }
}

/// <summary>A promise as the ledger has it.</summary>
internal sealed class PromiseRow
{
    public Guid Id { get; private set; }

    public Guid CommitmentId { get; private set; }

    public long TicketId { get; private set; }

    public int Number { get; private set; }

    public Instant PromisedAt { get; private set; }

    public Instant MadeAt { get; private set; }

    public PromiseMaker MadeBy { get; private set; }

    public string Words { get; private set; } = "";

    public string? ToldVia { get; private set; }

    public string? Reason { get; private set; }

    public PromiseOutcome Outcome { get; private set; }

    public Instant? EndedAt { get; private set; }

    public Instant? FollowUpAt { get; private set; }

    public Instant? FollowedUpAt { get; private set; }

    /// <summary>The steps of the ladder taken under it, a bit each: the lowest is step 1.</summary>
    public long Climbed { get; private set; }

    /// <summary>Why a follow-up or a recovery made it, in the words that the customer was told.</summary>
    public string? Why { get; private set; }
}

/// <summary>A follow-up that was made: one per promise.</summary>
internal sealed class FollowUpRow
{
    public Guid PromiseId { get; private set; }

    public Guid CommitmentId { get; private set; }

    public long TicketId { get; private set; }

    public Instant At { get; private set; }

    public Guid? DeliveryId { get; private set; }

    public Guid? NewPromiseId { get; private set; }

    public Instant? WithdrawnAt { get; private set; }
}
