using HelpDesk.Deadlines;

namespace HelpDesk.Ops;

/// <summary>A promise that is owed, as a row.</summary>
/// <param name="At">What its list is ordered by.</param>
/// <param name="PromisedAt">What the customer was told last; null where no date stands any more.</param>
/// <param name="LapsedAt">Since when it is overdue.</param>
/// <param name="AtRisk">The instant of its follow-up is past.</param>
/// <param name="Assignee">An agent's name, or what else stands there.</param>
public sealed record PromiseLine(
    Guid Id, long Ticket, string Subject, CommitmentKind Kind, Priority Priority, string? Queue, string? Assignee, Instant At, Instant? PromisedAt, Instant? LapsedAt, bool AtRisk);

/// <summary>A stretch of one of the lists.</summary>
/// <param name="Total">How many there are in all; one more than <see cref="MostCounted"/> for any number beyond.</param>
/// <param name="HasMore">Whether others follow these.</param>
public sealed record PromiseStretch(PromiseShelf Shelf, IReadOnlyList<PromiseLine> Lines, int Total, bool HasMore)
{
    public const int MostCounted = 1000;
}

public enum PromiseShelf
{
    Due,
    Overdue,
    AtRisk,
}
