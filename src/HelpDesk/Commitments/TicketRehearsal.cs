using HelpDesk.Deadlines;

namespace HelpDesk.Commitments;

/// <summary>How real tickets would have come out under a policy, beside how they did.</summary>
/// <param name="Played">How many were played, the newest first.</param>
/// <param name="More">Whether more of them pass the filter than are played at once (Rehearsals:MostTickets).</param>
/// <param name="Skipped">Those that could not be played, by reason: merged, split, no_history, calendar_never_opens.</param>
/// <param name="Kinds">The verdicts of each kind, of what really happened and of the policy that was tried. Agents' own promises are no policy's and are left out.</param>
/// <param name="Really">All kinds together, as it happened.</param>
/// <param name="Rehearsed">All kinds together, by the policy that was tried.</param>
/// <param name="Better">Commitments that come out better: kept is better than renewed, that is better than broken.</param>
/// <param name="Worse">Commitments that come out worse.</param>
/// <param name="Differing">Tickets with a commitment that comes out otherwise, or that is there in one of the two alone.</param>
/// <param name="Items">The first 200 commitments that do, the newest tickets first.</param>
public sealed record TicketRehearsal(
    int Played, bool More, IReadOnlyDictionary<string, int> Skipped, IReadOnlyList<KindRehearsal> Kinds, VerdictCounts Really, VerdictCounts Rehearsed,
    int Better, int Worse, int Differing, IReadOnlyList<DifferingCommitment> Items);

/// <summary>The verdicts of one kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Really">As it happened.</param>
/// <param name="Rehearsed">By the policy that was tried.</param>
public sealed record KindRehearsal(CommitmentKind Kind, VerdictCounts Really, VerdictCounts Rehearsed);

/// <summary>How commitments came out, each counted once.</summary>
/// <param name="Kept">Kept, and never put off.</param>
/// <param name="Renewed">Put off in time, and no promise of it broken. In a rehearsal only with follow.</param>
/// <param name="Broken">A promise of it was broken.</param>
/// <param name="Open">Still owed, never put off and nothing broken.</param>
/// <param name="Cancelled">Given up before it lapsed: neither kept nor broken.</param>
public sealed record VerdictCounts(int Kept, int Renewed, int Broken, int Open, int Cancelled);

/// <summary>A commitment that comes out otherwise.</summary>
/// <param name="TicketId">Its ticket.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Cycle">Counts the commitments of this kind on the ticket, from 1.</param>
/// <param name="Really">How it came out: kept, renewed, broken, open or cancelled; null where there was none.</param>
/// <param name="Rehearsed">How it would have come out; null where there would be none.</param>
public sealed record DifferingCommitment(long TicketId, CommitmentKind Kind, int Cycle, Verdict? Really, Verdict? Rehearsed);

/// <summary>How a commitment came out. The first that holds.</summary>
public enum Verdict
{
    /// <summary>A promise of it was broken.</summary>
    Broken,

    /// <summary>Put off in time.</summary>
    Renewed,

    /// <summary>Kept.</summary>
    Kept,

    /// <summary>Given up before it lapsed.</summary>
    Cancelled,

    /// <summary>Still owed.</summary>
    Open,
}
