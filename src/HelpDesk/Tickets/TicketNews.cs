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

    /// <summary>The promises as they stand, whether they are new or not.</summary>
    public static IEnumerable<LetterItem> StandingPromises(this Ticket ticket) =>
        from commitment in ticket.Clock.Commitments
        where commitment is { IsOpen: true, OpenPromise: not null }
        select new LetterItem(commitment, commitment.OpenPromise!.PromisedAt, null);

    /// <summary>The kind of what changed, for people.</summary>
    public static string Word(this ClockChange change) => change.Kind.ToWord().Replace('_', ' ');

    /// <summary>Of what was to be told and was withdrawn with its message: what stands all the same.</summary>
    public static IReadOnlyList<LetterItem> Standing(this Ticket ticket, IReadOnlyList<LetterItem> untold) =>
        [.. untold.Where(item => ticket.Clock.Commitments.Any(commitment =>
            commitment.Kind == item.Commitment.Kind && commitment.Cycle == item.Commitment.Cycle && commitment.OpenPromise?.PromisedAt == item.PromisedAt))];

    /// <summary>The letters that a change other than a message calls for; none when the customer need not be written to.</summary>
    public static IEnumerable<Letter> LettersOfChange(this Ticket ticket, TicketStatus before, IReadOnlyList<LetterItem> untold, string effect)
    {
        IReadOnlyList<LetterItem> promises = [.. ticket.NewPromises(), .. ticket.Standing(untold)];
        if (ticket.StatusLetter(before) is not { } kind)
        {
            if (promises.Count > 0) yield return new Letter(ticket.HasNews(ChangeKind.CommitmentResumed) ? MessageKind.Resumed : MessageKind.Promise, effect, promises);
            yield break;
        }

        yield return new Letter(kind, effect, kind == MessageKind.Paused ? ticket.StoodStill() : promises);
        // What does not stand still may have moved all the same.
        if (kind == MessageKind.Paused && promises.Count > 0) yield return new Letter(MessageKind.Promise, $"{effect}:promises", promises);
    }

    private static MessageKind? StatusLetter(this Ticket ticket, TicketStatus before)
    {
        if (ticket.Status == TicketStatus.Resolved && before != TicketStatus.Resolved) return MessageKind.Resolution;
        if (before == TicketStatus.Resolved && ticket.Status != TicketStatus.Closed && ticket.Status != before) return MessageKind.Reopened;
        return ticket.HasNews(ChangeKind.CommitmentPaused) ? MessageKind.Paused : null;
    }

    private static bool HasNews(this Ticket ticket, ChangeKind what) => ticket.Ledger.News.Any(change => change.What == what);

    private static IReadOnlyList<LetterItem> StoodStill(this Ticket ticket) =>
        [.. ticket.Ledger.News.Where(change => change.What == ChangeKind.CommitmentPaused).Select(ticket.Commitment)
            .Select(commitment => new LetterItem(commitment, null, commitment.ToldAt))];
}
