using HelpDesk.Deadlines;

namespace HelpDesk.Commitments.Explaining;

/// <summary>What of a commitment's journal its customer is told: all that she was promised and how it ended, and nothing that is the desk's alone.</summary>
internal static class CustomerSteps
{
    public static IReadOnlyList<ClockChange> Of(IReadOnlyList<ClockChange> journal)
    {
        var unsent = journal.Where(change => change is { What: ChangeKind.PromiseWithdrawn, Reason: ChangeReasons.NotSent }).Select(change => change.Promise).ToHashSet();
        return [.. journal.Where((change, index) => !IsInternal(change) && !IsOfUnsent(journal, index, unsent))];
    }

    private static bool IsInternal(ClockChange change) => change.What switch
    {
        // Who was called in, and that nobody could be reached.
        ChangeKind.LadderClimbed or ChangeKind.FollowUpUnreachable or ChangeKind.FollowUpWithdrawn => true,
        ChangeKind.RecoveryStarted => change.Reason == ChangeReasons.Unreachable,
        // The desk's own target. Where it moved what she was promised, the promises say so.
        ChangeKind.CommitmentRetargeted => true,
        _ => false,
    };

    /// <summary>A message that never left told her nothing: neither that a promise was renewed, nor that it stands again.</summary>
    private static bool IsOfUnsent(IReadOnlyList<ClockChange> journal, int index, HashSet<int?> unsent)
    {
        var change = journal[index];
        return change.What switch
        {
            ChangeKind.PromiseMade or ChangeKind.PromiseWithdrawn => unsent.Contains(change.Promise),
            // These stand right before the promise that the message carried.
            ChangeKind.FollowUpSent or ChangeKind.PromiseRenewed =>
                journal.Skip(index + 1).TakeWhile(next => next.At == change.At).FirstOrDefault(next => next.What == ChangeKind.PromiseMade) is { } carried && unsent.Contains(carried.Promise),
            ChangeKind.PromiseRestored => index > 0 && journal[index - 1] is { What: ChangeKind.PromiseWithdrawn, Reason: ChangeReasons.NotSent },
            _ => false,
        };
    }
}
