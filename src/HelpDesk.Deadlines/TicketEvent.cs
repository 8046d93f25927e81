using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>Something that happened to a ticket and that its clocks look at. Events are applied in order of time; equal instants are allowed.</summary>
public abstract record TicketEvent(Instant At);

/// <summary>
/// The ticket was made. <paramref name="Message"/> is false when nobody waits (no opening message); <paramref name="Automated"/> says that the opening
/// message was written by a machine and so starts nothing.
/// </summary>
public sealed record TicketOpened(
    Instant At, Author By, TicketStatus Status, Priority Priority, bool Message = true, bool Automated = false) : TicketEvent(At);

/// <summary>
/// A message was written. One that is internal, automated or the desk's own starts, fulfils and reopens nothing. <paramref name="Fulfils"/> is the cycle
/// of the callback that an agent's message fulfils besides what it fulfils anyway.
/// </summary>
public sealed record MessagePosted(
    Instant At, Author Author, Visibility Visibility = Visibility.Public, bool Automated = false, int? Fulfils = null) : TicketEvent(At);

/// <summary>The status was set. A message that carries a status counts before it: post the message first.</summary>
public sealed record StatusChanged(Instant At, TicketStatus To) : TicketEvent(At);

/// <summary>
/// A field that policies look at changed, or a new version was applied: from now on <paramref name="Rules"/> hold (null: no policy matches).
/// <paramref name="Why"/> is the reason noted on what moves, such as <c>priority</c>, <c>policy</c>, <c>calendar</c>.
/// </summary>
public sealed record Reclassified(Instant At, Priority Priority, Rules? Rules, string Why) : TicketEvent(At);

/// <summary>An agent promised an instant in person.</summary>
public sealed record CallbackPromised(Instant At, Instant PromisedAt, string Words) : TicketEvent(At);

/// <summary>An agent says that the callback of <paramref name="Cycle"/> was done.</summary>
public sealed record CallbackFulfilled(Instant At, int Cycle) : TicketEvent(At);

/// <summary>
/// The follow-up that made the standing promise of this commitment did not leave: the promise it carried is withdrawn and the one before it stands again,
/// to be judged by what comes next.
/// </summary>
public sealed record FollowUpWithdrawn(Instant At, CommitmentKind Kind, int Cycle) : TicketEvent(At);

/// <summary>A sweep looked at the ticket at this instant: what has lapsed is broken and recovered, what is due is followed up.</summary>
public sealed record Swept(Instant At, Duration MinimumGap, bool Reachable = true) : TicketEvent(At);

/// <summary>
/// Time has passed and nobody was there to follow up: what has lapsed is broken, without a recovery, and the steps of the ladder that came up count as taken. For the past of a
/// ticket that comes from elsewhere. What lies ahead is due as ever.
/// </summary>
public sealed record Unattended(Instant At) : TicketEvent(At);
