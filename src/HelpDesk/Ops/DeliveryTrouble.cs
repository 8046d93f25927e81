using HelpDesk.Delivery;

namespace HelpDesk.Ops;

/// <summary>A message that did not leave, as a row.</summary>
/// <param name="Words">The other side's, or why it was not reached.</param>
/// <param name="Tries">Attempts in all, those before a retry included.</param>
/// <param name="NextAttemptAt">Null for one that was given up.</param>
/// <param name="HasExpired">What it says no longer holds: it is not sent any more.</param>
public sealed record DeliveryTrouble(
    Guid Id, long? Ticket, MessageKind Kind, DeliveryChannel Channel, string Recipient, string? Words, int Tries, Instant CreatedAt, Instant? NextAttemptAt, Instant? EndedAt, bool HasExpired);

/// <summary>A stretch of those that failed, or were given up, the newest first.</summary>
/// <param name="Total">As of promises: one more than can be counted for any number beyond.</param>
public sealed record DeliveryStretch(bool AreDead, IReadOnlyList<DeliveryTrouble> Lines, int Total, bool HasMore);

/// <summary>What waits to leave by one channel.</summary>
/// <param name="OldestDue">Since when the one that has waited longest has been due; null where none is.</param>
public sealed record WaitingMessages(DeliveryChannel Channel, int Count, Instant? OldestDue);

/// <summary>A server that this one cannot reach.</summary>
/// <param name="ProbeAt">Machine time; null while a probe is under way.</param>
public sealed record OpenCircuit(DeliveryChannel Channel, string Server, Instant? ProbeAt);
