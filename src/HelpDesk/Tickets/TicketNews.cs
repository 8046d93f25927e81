using HelpDesk.Deadlines;
using HelpDesk.Delivery;

namespace HelpDesk.Tickets;

/// <summary>What a change of a ticket's clocks means to its customer.</summary>
internal static class TicketNews
{
    /// <summary>The promises that were made and still stand: what the customer must be told.</summary>
    public static IReadOnlyList<LetterItem> NewPromises(this Ticket ticket)
    {
        var items = new List<LetterItem>();
        foreach (var change in ticket.Ledger.News)
        {
            if (change.What != ChangeKind.PromiseMade) continue;
            var commitment = ticket.Commitment(change);
            if (commitment.IsOpen && commitment.OpenPromise?.Number == change.Promise) items.Add(new LetterItem(commitment, change.PromisedAt, change.Before));
        }

        return items;
    }

    /// <summary>The kind of what changed, for people.</summary>
    public static string Word(this ClockChange change) => change.Kind.ToWord().Replace('_', ' ');

    /// <summary>The kind of letter that a change other than a message calls for, or null when the customer need not be written to.</summary>
    public static MessageKind? LetterKind(this Ticket ticket, TicketStatus before)
    {
        if (ticket.Status == TicketStatus.Resolved && before != TicketStatus.Resolved) return MessageKind.Resolution;
        if (before == TicketStatus.Resolved && ticket.Status != TicketStatus.Closed && ticket.Status != before) return MessageKind.Reopened;
        if (ticket.Ledger.News.Any(change => change.What == ChangeKind.CommitmentPaused)) return MessageKind.Paused;
        if (ticket.NewPromises().Count == 0) return null;
        return ticket.Ledger.News.Any(change => change.What == ChangeKind.CommitmentResumed) ? MessageKind.Resumed : MessageKind.Promise;
    }
}
