using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>A commitment that went over to another ticket, and what it is called there.</summary>
public readonly record struct MovedCommitment(CommitmentKind Kind, int Cycle, CommitmentKind NewKind, int NewCycle);

/// <summary>Both tickets after a merge, and the commitments that went over.</summary>
public sealed record Merged(Step Into, Step From, IReadOnlyList<MovedCommitment> Moved);

/// <summary>
/// Merging one ticket into another. Of each kind the commitment with the earliest open promise survives, with its start, policy version and ledger; the
/// other is cancelled. Callbacks are each an agent's own word to the customer: all of them survive.
/// </summary>
public static class TicketMerge
{
    /// <summary>Merges the open commitments of <paramref name="from"/> into <paramref name="into"/>.</summary>
    /// <exception cref="TicketOverException">The surviving ticket is resolved or closed.</exception>
    public static Merged Merge(TicketClock into, TicketClock from, Instant at)
    {
        if (TicketClock.IsOver(into.Status)) throw new TicketOverException("A ticket that is over takes in no other.");
        var (survivor, other) = (new Turn(into, at), new Turn(from, at));
        var moved = new List<MovedCommitment>();
        foreach (var incoming in from.Commitments.Where(commitment => commitment.IsOpen))
        {
            if (survivor.TakeOver(incoming) is { } taken)
            {
                other.LetGo(incoming);
                moved.Add(new MovedCommitment(incoming.Kind, incoming.Cycle, taken.Kind, taken.Cycle));
            }
            else
            {
                other.GiveUpAsMerged(incoming);
            }
        }

        return new Merged(survivor.Remember(from).Step(), other.Step(), moved);
    }
}

// The two sides of a merge.
internal sealed partial class Turn
{
    /// <summary>The commitment as it goes on here, or null when ours of that kind is promised earlier.</summary>
    public Commitment? TakeOver(Commitment incoming)
    {
        var answered = commitments.Exists(commitment => commitment is { Kind: CommitmentKind.FirstResponse, FulfilledAt: not null });
        var kind = incoming.Kind == CommitmentKind.FirstResponse && answered ? CommitmentKind.NextResponse : incoming.Kind;
        var rival = kind == CommitmentKind.Callback ? -1 : commitments.FindIndex(commitment => commitment.IsOpen && commitment.Kind == kind);
        if (rival >= 0)
        {
            if (Told(commitments[rival]) <= Told(incoming)) return null;
            Replace(rival, commitment => GiveUp(commitment, ChangeReasons.Merged));
        }

        var taken = incoming with { Kind = kind, Cycle = 1 + commitments.Count(commitment => commitment.Kind == kind) };
        taken = StandStillOrGoOn(taken, ChangeReasons.Merged);
        commitments.Add(taken);
        return taken;
    }

    // What is paused, or lapsed past the cap, has no open promise and gives way to one that has.
    private static Instant Told(Commitment commitment) => commitment.OpenPromise?.PromisedAt ?? Instant.MaxValue;

    public void LetGo(Commitment moved) =>
        commitments.RemoveAll(commitment => commitment.Kind == moved.Kind && commitment.Cycle == moved.Cycle);

    public void GiveUpAsMerged(Commitment commitment) =>
        Replace(Owed(commitment.Kind, commitment.Cycle), owed => GiveUp(owed, ChangeReasons.Merged));

    /// <summary>What the other ticket knew of who waits and who was answered.</summary>
    public Turn Remember(TicketClock other)
    {
        ticket = ticket with { OldestUnanswered = Earlier(ticket.OldestUnanswered, other.OldestUnanswered) };
        return this;
    }

    private static Instant? Earlier(Instant? one, Instant? two) => one is null || two < one ? two : one;
}
