namespace HelpDesk.Faults;

internal sealed record PromiseRow(
    Guid Id, Guid Commitment, long Ticket, int Number, Instant PromisedAt, Instant MadeAt, string MadeBy, string Outcome, Instant? EndedAt, Instant? FollowUpAt);

internal sealed record CommitmentRow(
    Guid Id, long Ticket, string Kind, string State, Instant? WakeAt, Instant? FulfilledAt, Instant? EndedAt, bool OwesRecovery);

internal sealed record FollowUpRow(Guid Promise, Guid Commitment, long Ticket, Instant At, Guid? Delivery, Guid? NewPromise, Instant? WithdrawnAt);

internal sealed record DeliveryRow(
    Guid Id, string Effect, long? Ticket, string Kind, string Channel, string Recipient, string MessageId, string State, int Attempts, Instant? ExpiresAt,
    Guid? CopyOf, Instant CreatedAt, Instant? SentAt, Instant? EndedAt, string? LastError)
{
    /// <summary>What a sink knows it by: its Message-ID, or of a webhook the webhook's id, which is the delivery's.</summary>
    public string IdAtSink => Channel == "webhook" ? $"{Id}" : MessageId;
}

internal sealed record EventRow(long Sequence, Instant At, string Type, long? Ticket, Guid? Commitment, Guid? Promise, string? RequestId, string? Reason);

internal sealed record MessageRow(Guid Id, long Ticket, string Body);

internal sealed record TicketRow(long Id, string Status);

/// <summary>What the database says in the end.</summary>
internal sealed record Books(
    IReadOnlyList<TicketRow> Tickets, IReadOnlyList<MessageRow> Messages, IReadOnlyDictionary<Guid, CommitmentRow> Commitments, IReadOnlyDictionary<Guid, PromiseRow> Promises,
    IReadOnlyDictionary<Guid, FollowUpRow> FollowUps, IReadOnlyDictionary<Guid, DeliveryRow> Deliveries, IReadOnlyList<EventRow> Events);
