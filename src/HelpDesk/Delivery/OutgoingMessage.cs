namespace HelpDesk.Delivery;

/// <summary>
/// A rendered message about to be queued. Make its ids with <see cref="MailIds"/>, its words with <see cref="Rendering"/>.
/// </summary>
internal sealed record OutgoingMessage
{
    public required Guid Id { get; init; }

    /// <summary>
    /// The one effect intended, e.g. <c>follow_up:{promise}</c>. The database holds it unique: a second message for it fails the
    /// transaction.
    /// </summary>
    public required string Effect { get; init; }

    public long? TicketId { get; init; }

    public Guid? CustomerId { get; init; }

    public required MessageKind Kind { get; init; }

    public DeliveryChannel Channel { get; init; } = DeliveryChannel.Email;

    public required string Recipient { get; init; }

    public string? RecipientName { get; init; }

    public required string Locale { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    public required string MessageId { get; init; }

    public string? InReplyTo { get; init; }

    public string? References { get; init; }

    /// <summary>What programs read of it, as JSON of <see cref="MessageData"/>; null where people alone do.</summary>
    public string? Data { get; init; }

    /// <summary>Whose secret signs it where it is posted; see <see cref="Access.WebhookHolder"/>.</summary>
    public string? SignedAs { get; init; }

    /// <summary>The same letter to somebody else: when that one is taken back, so is this.</summary>
    public Guid? CopyOf { get; init; }

    /// <summary>Business time; null: at once.</summary>
    public Instant? NotBefore { get; init; }

    /// <summary>Business time, inclusive: after it the message is not sent any more. Null: it keeps.</summary>
    public Instant? ExpiresAt { get; init; }
}
