using System.Linq.Expressions;
using System.Text.Json.Serialization;

namespace HelpDesk.Delivery;

/// <summary>One outgoing message over one channel, and what became of it.</summary>
public sealed record DeliveryAnswer
{
    /// <summary>The delivery's id.</summary>
    /// <example>0195564e-8a00-7c3d-9b1f-2f4a5c6d7e8f</example>
    public required Guid Id { get; init; }

    /// <summary>The ticket it is about.</summary>
    /// <example>42</example>
    public required long? TicketId { get; init; }

    /// <summary>The customer it goes to.</summary>
    /// <example>0195564e-1200-7a01-8f00-0a1b2c3d4e5f</example>
    public required Guid? CustomerId { get; init; }

    /// <summary>What it is about.</summary>
    /// <example>follow_up</example>
    public required MessageKind Kind { get; init; }

    /// <summary>The way it takes.</summary>
    /// <example>email</example>
    public required DeliveryChannel Channel { get; init; }

    /// <summary>Where it goes to: an e-mail address, the address of a webhook, or the id of the customer whose inbox it lies in.</summary>
    /// <example>aino@example.com</example>
    public required string Recipient { get; init; }

    /// <summary>The language it is written in, as the customer's locale.</summary>
    /// <example>fi</example>
    public required string Locale { get; init; }

    /// <summary>Its subject.</summary>
    /// <example>Tarvitsemme hieman lisää aikaa: Tulostin ei toimi [#42]</example>
    public required string Subject { get; init; }

    /// <summary>Its words, as plain text. Only where one delivery is read, not in lists.</summary>
    /// <example>Hei Aino, …</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>Its Message-ID, the same at every attempt.</summary>
    /// <example>&lt;0195564e-8a00-7c3d-9b1f-2f4a5c6d7e8f@example.com&gt;</example>
    public required string MessageId { get; init; }

    /// <summary>Where it stands. <c>failed</c> will be tried again, <c>dead</c> will not.</summary>
    /// <example>sent</example>
    public required DeliveryState State { get; init; }

    /// <summary>Attempts made so far, since the last retry that a person asked for.</summary>
    /// <example>1</example>
    public required int Attempts { get; init; }

    /// <summary>When it is tried next; null where it will not be.</summary>
    /// <example>2026-03-02T08:00:00Z</example>
    public required Instant? NextAttemptAt { get; init; }

    /// <summary>After this instant it is not sent any more.</summary>
    /// <example>2026-03-02T10:00:00Z</example>
    public required Instant? ExpiresAt { get; init; }

    /// <summary>What went wrong at the last attempt, in the other side's words.</summary>
    /// <example>550 5.1.1 No such mailbox</example>
    public required string? LastError { get; init; }

    /// <summary>When it was queued.</summary>
    /// <example>2026-03-02T08:00:00Z</example>
    public required Instant CreatedAt { get; init; }

    /// <summary>When it was handed over.</summary>
    /// <example>2026-03-02T08:00:01Z</example>
    public required Instant? SentAt { get; init; }

    /// <summary>When it was sent, given up or withdrawn.</summary>
    /// <example>2026-03-02T08:00:01Z</example>
    public required Instant? EndedAt { get; init; }

    /// <summary>When the customer read it in her inbox; null for what is unread, and for other channels.</summary>
    /// <example>null</example>
    public required Instant? ReadAt { get; init; }

    /// <summary>What came back after it was handed over; null where nothing did, as far as the desk was told.</summary>
    public required DeliveryBounce? Bounce { get; init; }

    internal static Expression<Func<Delivery, DeliveryAnswer>> Of(bool withText) => row => new()
    {
        Id = row.Id,
        TicketId = row.TicketId,
        CustomerId = row.CustomerId,
        Kind = row.Kind,
        Channel = row.Channel,
        Recipient = row.Recipient,
        Locale = row.Locale,
        Subject = row.Subject,
        Text = withText ? row.TextBody : null,
        MessageId = row.MessageId,
        State = row.State,
        Attempts = row.Attempts,
        NextAttemptAt = row.State == DeliveryState.Queued || row.State == DeliveryState.Failed ? row.NextAttemptAt : null,
        ExpiresAt = row.ExpiresAt,
        LastError = row.LastError,
        CreatedAt = row.CreatedAt,
        SentAt = row.SentAt,
        EndedAt = row.EndedAt,
        ReadAt = row.ReadAt,
        Bounce = row.BouncedAt == null ? null : new DeliveryBounce(row.BounceType!.Value, row.BouncePermanent!.Value, row.BounceWords, row.BouncedAt.Value),
    };
}
