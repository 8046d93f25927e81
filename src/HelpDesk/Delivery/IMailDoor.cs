namespace HelpDesk.Delivery;

/// <summary>The door that mail leaves through.</summary>
internal interface IMailDoor
{
    /// <summary>How many mails may be on their way at once.</summary>
    int Connections { get; }

    /// <summary>Whom it leads to, as <c>host:port</c> where it is a host.</summary>
    string Server { get; }

    /// <summary>
    /// Completes once the mail has been handed over, with what the other side said to it, if it said anything. Throws <see cref="MailRefused"/> with the other side's words, and <see cref="HostAway"/> where there was nobody
    /// to say any; anything else thrown is a failure that may pass.
    /// </summary>
    Task<string?> Send(OutgoingMail mail, CancellationToken cancel);
}

/// <summary>The mail server said no.</summary>
/// <param name="words">What it said, and to what. Kept and shown: never with a secret in it.</param>
/// <param name="isPermanent">True where asking again would get the same answer.</param>
internal sealed class MailRefused(string words, bool isPermanent) : Exception(words)
{
    public bool IsPermanent { get; } = isPermanent;
}

/// <summary>The other side could not be reached, or hung up before any of the message was said: that tells nothing about the message.</summary>
/// <param name="words">What went wrong. Kept and shown: never with a secret in it.</param>
/// <param name="cause">What the framework threw.</param>
internal sealed class HostAway(string words, Exception? cause = null) : Exception(words, cause);

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

    /// <summary>Where she ends what she is mailed; see <see cref="OptOutLinks"/>.</summary>
    public string? OptOutUrl { get; init; }

    /// <summary>Where answers go, if not to the sender; see <see cref="ReplyAddresses"/>.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>See <see cref="OutgoingMessage.Data"/>.</summary>
    public string? Data { get; init; }

    /// <summary>See <see cref="OutgoingMessage.SignedAs"/>.</summary>
    public string? SignedAs { get; init; }

    /// <summary>Business time at which it was queued.</summary>
    public Instant QueuedAt { get; init; }

    /// <summary>Business time of the hand-over.</summary>
    public required Instant At { get; init; }

    /// <summary>Whether any of its content has left. The door that knows says so; elsewhere it may have.</summary>
    public Func<bool> HasBegun { get; set; } = () => true;
}
