namespace HelpDesk.Delivery;

/// <summary>The door that mail leaves through.</summary>
internal interface IMailDoor
{
    /// <summary>How many mails may be on their way at once.</summary>
    int Connections { get; }

    /// <summary>
    /// Completes once the mail has been handed over. Throws <see cref="MailRefused"/> with the other side's words; anything else thrown is
    /// a failure that may pass.
    /// </summary>
    Task Send(OutgoingMail mail, CancellationToken cancel);
}

/// <summary>The mail server said no.</summary>
/// <param name="words">What it said, and to what. Kept and shown: never with a secret in it.</param>
/// <param name="isPermanent">True where asking again would get the same answer.</param>
internal sealed class MailRefused(string words, bool isPermanent) : Exception(words)
{
    public bool IsPermanent { get; } = isPermanent;
}

/// <summary>One e-mail at the door.</summary>
internal sealed record OutgoingMail
{
    public required Guid Id { get; init; }

    public long? TicketId { get; init; }

    public required MessageKind Kind { get; init; }

    public required string Recipient { get; init; }

    public string? RecipientName { get; init; }

    public required string Locale { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    public required string MessageId { get; init; }

    public string? InReplyTo { get; init; }

    public string? References { get; init; }

    public Guid? CustomerId { get; init; }

    /// <summary>See <see cref="OutgoingMessage.Data"/>.</summary>
    public string? Data { get; init; }

    /// <summary>See <see cref="OutgoingMessage.SignedAs"/>.</summary>
    public string? SignedAs { get; init; }

    /// <summary>Business time at which it was queued.</summary>
    public Instant QueuedAt { get; init; }

    /// <summary>Business time of the hand-over.</summary>
    public required Instant At { get; init; }
}
