namespace HelpDesk.Delivery;

/// <summary>One attempt to hand a message over. Written by <see cref="OutcomeLog"/> with the outcome itself, never changed.</summary>
internal sealed class DeliveryAttempt
{
    public Guid DeliveryId { get; private set; }

    public int Number { get; private set; }

    public Instant At { get; private set; }

    public long Took { get; private set; }

    public string Server { get; private set; } = null!;

    public AttemptOutcome Outcome { get; private set; }

    public string? Words { get; private set; }
}
