using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Tickets;

namespace HelpDesk.FollowUps;

/// <summary>What the customer is written before a promise lapses: where things stand, why, and the new date; past the cap, that there is none.</summary>
internal static class FollowUpLetter
{
    /// <summary>One letter for all of the ticket's promises that come up together; null when none does, or there is nobody to reach.</summary>
    public static Letter? For(Ticket ticket, IReadOnlyList<ClockChange> swept)
    {
        var sent = swept.Where(change => change.What == ChangeKind.FollowUpSent).ToList();
        if (sent.Count == 0) return null;
        return new Letter(
            MessageKind.FollowUp,
            $"follow_up:{ticket.Ledger.IdOf(sent[0].Kind, sent[0].Cycle, sent[0].Promise!.Value)}",
            [.. sent.Select(change => new LetterItem(ticket.Commitment(change), change.Before is null ? null : change.PromisedAt, Old(change)))])
        {
            ExpiresAt = sent.Min(Old),
        };
    }

    private static Instant Old(ClockChange change) => (change.Before ?? change.PromisedAt)!.Value;

    /// <summary>What the agents are told of it; null when there is nothing that they must know.</summary>
    /// <param name="isNobodyCalledIn">There was nobody to call in, and the customer was not told that anybody was.</param>
    public static string? NoteFor(IReadOnlyList<ClockChange> swept, bool isNobodyCalledIn)
    {
        var lines = swept.Select(change => (change.What, change.Kind, change.Reason) switch
        {
            (ChangeKind.FollowUpUnreachable, _, _) => $"A follow-up on the {change.Word()} was due, and there is nobody to reach: no address, opted out, or bounced.",
            (ChangeKind.FollowUpSent, _, "cap") =>
                $"The {change.Word()} has been put off as often as the policy allows. The customer was told that the date may not hold{(isNobodyCalledIn ? "" : " and that you were called in")}.",
            (ChangeKind.FollowUpSent, CommitmentKind.Callback, _) => "The time you promised the customer is near. She is being told a new one.",
            _ => null,
        }).OfType<string>().ToList();
        return lines.Count == 0 ? null : string.Join('\n', lines);
    }
}
