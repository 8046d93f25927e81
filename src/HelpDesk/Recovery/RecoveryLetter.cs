using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Tickets;

namespace HelpDesk.Recovery;

/// <summary>What follows a lapse: an apology with the reason, the remedy and a new date; or, past the cap on renewals, without a date.</summary>
internal static class RecoveryLetter
{
    /// <summary>One letter for all that lapsed in one sweep of the ticket, and the record of it.</summary>
    /// <param name="calledIn">Who was called in, by name; null for nobody who could be named.</param>
    public static void Send(TicketWork work, Ticket ticket, IReadOnlyList<ClockChange> swept, string? calledIn)
    {
        if (For(ticket, swept) is not { } letter) return;
        var delivery = work.Send(ticket, letter with { CalledIn = calledIn });
        foreach (var recovery in Started(swept)) work.Recovered(NewRecovery.Of(ticket, recovery, work.Now, delivery, work.Why(ticket)));
    }

    /// <summary>Null when nothing lapsed.</summary>
    public static Letter? For(Ticket ticket, IReadOnlyList<ClockChange> swept)
    {
        var recoveries = Started(swept).ToList();
        if (recoveries.Count == 0) return null;
        var first = recoveries[0];
        return new Letter(
            MessageKind.Recovery,
            $"recovery:{ticket.Ledger.IdOf(first.Kind, first.Cycle, first.Promise!.Value)}",
            [.. recoveries.Select(change => Item(ticket, change))])
        {
            // Past the new date it would name one that holds no more: then it is taken back, and another takes its place.
            ExpiresAt = recoveries.Min(change => change.Before is null ? null : change.PromisedAt),
            Remedy = ticket.Policy?.Definition.Remedy,
        };
    }

    private static IEnumerable<ClockChange> Started(IReadOnlyList<ClockChange> swept) => swept.Where(change => change.What == ChangeKind.RecoveryStarted);

    private static LetterItem Item(Ticket ticket, ClockChange change)
    {
        var commitment = ticket.Commitment(change);
        return new LetterItem(commitment, change.Before is null ? null : change.PromisedAt, ticket.ToldBefore(commitment, commitment.Promises[change.Promise!.Value - 1]));
    }

    /// <summary>What the agents are told of it; null when nothing lapsed.</summary>
    public static string? NoteFor(Ticket ticket, IReadOnlyList<ClockChange> swept)
    {
        var lines = Started(swept).Select(change => change.Reason switch
        {
            "unreachable" => $"The promise of {change.Word()} lapsed. There is nobody to reach: the customer was not told.",
            "cap" => $"The promise of {change.Word()} lapsed. The customer got an apology without a new date. A human has to take over: please write to the customer.",
            _ => $"The promise of {change.Word()} lapsed. An apology with a new date goes to the customer.",
        }).ToList();
        return lines.Count == 0 ? null : string.Join('\n', lines);
    }
}
