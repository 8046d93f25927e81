using System.Collections.Immutable;
using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>A status that a ticket took, and when.</summary>
public readonly record struct StatusSince(Instant At, TicketStatus Status);

/// <summary>
/// All the clocks of one ticket: a pure function of the rules and the ticket's events. Immutable; <see cref="Apply"/> yields the next one, so that
/// replaying a history and taking it step by step are the same thing.
/// </summary>
public sealed record TicketClock
{
    /// <summary>The rules in force, or null where no policy matches.</summary>
    public Rules? Rules { get; init; }

    /// <summary>The ticket's priority.</summary>
    public required Priority Priority { get; init; }

    /// <summary>The customer's quiet hours, if any.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>The quiet hours that are kept: none where the policy says so.</summary>
    public QuietHours? KeptQuiet => Rules?.Policy.IgnoresQuietHours == true ? null : Quiet;

    /// <summary>The instant of the ticket's creation.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>The statuses since creation, in order; the last is the ticket's status.</summary>
    public required ImmutableArray<StatusSince> Statuses { get; init; }

    /// <summary>Whether somebody waits for a first response: the opening message was public, and not an agent's or a machine's.</summary>
    public bool AwaitsFirstResponse { get; init; }

    /// <summary>The instant of the oldest public customer message that no human agent has answered, or null.</summary>
    public Instant? OldestUnanswered { get; init; }

    /// <summary>The instant of the last public message of a human agent since the creation or last reopening, or null.</summary>
    public Instant? LastAgentMessage { get; init; }

    /// <summary>The instant of the last resolution, or null.</summary>
    public Instant? ResolvedAt { get; init; }

    /// <summary>The instant of the last reopening, or null.</summary>
    public Instant? ReopenedAt { get; init; }

    /// <summary>The commitments, in the order they began.</summary>
    public ImmutableArray<Commitment> Commitments { get; init; } = [];

    /// <summary>The ticket's status.</summary>
    public TicketStatus Status => Statuses[^1].Status;

    /// <summary>The earliest instant at which a sweep has something to do, or null.</summary>
    public Instant? WakeAt
    {
        get
        {
            Instant? earliest = null;
            foreach (var commitment in Commitments)
            {
                if (commitment.WakeAt is { } at && (earliest is null || at < earliest)) earliest = at;
            }

            return earliest;
        }
    }

    /// <summary>The clocks of a ticket just made.</summary>
    public static Step Open(TicketOpened opened, Rules? rules, QuietHours? quiet = null)
    {
        var before = new TicketClock
        {
            Rules = rules,
            Priority = opened.Priority,
            Quiet = quiet,
            CreatedAt = opened.At,
            Statuses = [new StatusSince(opened.At, IsOver(opened.Status) ? TicketStatus.New : opened.Status)],
        };
        return new Turn(before, opened.At).Opened(opened).Step();
    }

    /// <summary>The clocks after one more event.</summary>
    /// <exception cref="TicketOverException">The event cannot happen to a closed ticket.</exception>
    /// <exception cref="ArgumentException">The event names a commitment that does not exist or is not owed, or promises an instant that is not ahead.</exception>
    public Step Apply(TicketEvent happened)
    {
        var turn = new Turn(this, happened.At);
        return (happened switch
        {
            MessagePosted message => turn.Posted(message),
            StatusChanged status => turn.SetStatus(status.To),
            Reclassified reclassified => turn.Reclassified(reclassified),
            CallbackPromised callback => turn.Promised(callback),
            CallbackFulfilled fulfilled => turn.FulfilCallback(fulfilled.Cycle),
            FollowUpWithdrawn withdrawn => turn.WithdrawFollowUp(withdrawn.Kind, withdrawn.Cycle),
            Swept swept => turn.Sweep(swept.MinimumGap, swept.Reachable),
            Unattended => turn.PassBy(),
            _ => throw new ArgumentException($"A ticket cannot be changed by {happened.GetType().Name}.", nameof(happened)),
        }).Step();
    }

    /// <summary>
    /// Whether a customer's message at <paramref name="at"/> belongs to this ticket. It does not once the ticket is closed, or was resolved longer ago
    /// than the reopening window (which is inclusive): such a message opens a new ticket.
    /// </summary>
    public bool TakesCustomerMessage(Instant at) => Status switch
    {
        TicketStatus.Closed => false,
        TicketStatus.Resolved => at <= ResolvedAt!.Value + (Rules?.Policy.ReopenWindow ?? PolicyTerms.DefaultReopenWindow),
        _ => true,
    };

    internal static bool IsOver(TicketStatus status) => status is TicketStatus.Resolved or TicketStatus.Closed;
}

/// <summary>A closed ticket cannot be changed so: its customer's next message opens a new one.</summary>
public sealed class TicketOverException(string message) : InvalidOperationException(message);
