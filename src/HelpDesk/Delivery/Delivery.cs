namespace HelpDesk.Delivery;

/// <summary>
/// One outgoing message over one channel, with its attempts. Written by <see cref="Outbox"/> in its cause's transaction; moved on by
/// <see cref="DeliverDue"/> and <see cref="RetryDelivery"/> in statements that are guarded by state and lease, never by saving this entity.
/// </summary>
internal sealed class Delivery
{
    public Guid Id { get; private set; }

    public long Sequence { get; private set; }

    public string Effect { get; private set; } = null!;

    public long? TicketId { get; private set; }

    public Guid? CustomerId { get; private set; }

    public MessageKind Kind { get; private set; }

    public DeliveryChannel Channel { get; private set; }

    public string Recipient { get; private set; } = null!;

    public string? RecipientName { get; private set; }

    public string Locale { get; private set; } = null!;

    public string Subject { get; private set; } = null!;

    public string TextBody { get; private set; } = null!;

    public string HtmlBody { get; private set; } = null!;

    public string MessageId { get; private set; } = null!;

    public string? InReplyTo { get; private set; }

    public string? MailReferences { get; private set; }

    public DeliveryState State { get; private set; }

    public int Attempts { get; private set; }

    public int Tries { get; private set; }

    public Instant? DueAt { get; private set; }

    public Instant? RefusedSince { get; private set; }

    public Instant NextAttemptAt { get; private set; }

    public Instant? ExpiresAt { get; private set; }

    public Guid? CopyOf { get; private set; }

    public Guid? LeaseId { get; private set; }

    public Instant? LeasedUntil { get; private set; }

    public string? LastError { get; private set; }

    public Instant CreatedAt { get; private set; }

    public Instant? SentAt { get; private set; }

    public Instant? EndedAt { get; private set; }

    /// <summary>A <see cref="MessageData"/> as JSON; null where people alone read the message.</summary>
    public string? Data { get; private set; }

    public string? SignedAs { get; private set; }

    public Instant? ReadAt { get; private set; }

    /// <summary>The trace of what caused it (W3C); null where none was recorded.</summary>
    public string? Traceparent { get; private set; }

    public Instant? BouncedAt { get; private set; }

    public BounceType? BounceType { get; private set; }

    public bool? BouncePermanent { get; private set; }

    public string? BounceWords { get; private set; }
}
