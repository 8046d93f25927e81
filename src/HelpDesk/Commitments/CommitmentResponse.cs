using HelpDesk.Deadlines;

namespace HelpDesk.Commitments;

/// <summary>One obligation on one ticket, of one kind, in one cycle, as it stands now.</summary>
/// <param name="Id">Names the commitment.</param>
/// <param name="Kind">What is owed.</param>
/// <param name="Cycle">Counts the commitments of this kind on the ticket, from 1.</param>
/// <param name="State">running, paused (outranks overdue), overdue (lapsed and still owed), kept, broken (fulfilled late, or given up after a lapse), cancelled.</param>
/// <param name="StartedAt">What its time is counted from.</param>
/// <param name="DueAt">The internal target; null while paused.</param>
/// <param name="PromisedAt">What the customer was told last; null while paused. At this instant it is still kept.</param>
/// <param name="FollowUpAt">When the customer is written to if it is still owed then; null when there is nothing to follow up.</param>
/// <param name="AtRisk">Owed, running, and the instant of the follow-up is past.</param>
/// <param name="FulfilledAt">When it was met.</param>
/// <param name="UsedSeconds">Time used since the start in the term's hours, less pauses, in seconds; frozen when it ends.</param>
/// <param name="RemainingSeconds">The target less what is used, in seconds; negative when over. As of this answer: the ETag stays the same as time passes, so a countdown is drawn from dueAt and promisedAt.</param>
/// <param name="PolicyVersion">The version of the policy it is counted by; null for a callback.</param>
/// <param name="Renewals">Automatic renewals so far.</param>
/// <param name="MetTarget">False when more than the target is used, true when met within it, else null. Apart from kept and broken, which judge the promise.</param>
/// <param name="Reason">Why it ended unmet: resolved, closed, policy, merged.</param>
/// <param name="Promises">The ledger: every date the customer was told, oldest first.</param>
public sealed record CommitmentResponse(
    Guid Id,
    CommitmentKind Kind,
    int Cycle,
    CommitmentState State,
    Instant StartedAt,
    Instant? DueAt,
    Instant? PromisedAt,
    Instant? FollowUpAt,
    bool AtRisk,
    Instant? FulfilledAt,
    decimal UsedSeconds,
    decimal RemainingSeconds,
    int? PolicyVersion,
    int Renewals,
    bool? MetTarget,
    string? Reason,
    IReadOnlyList<PromiseResponse> Promises);

/// <summary>One dated statement told to the customer.</summary>
/// <param name="Id">Names the promise.</param>
/// <param name="PromisedAt">What was promised. At this instant it is still kept.</param>
/// <param name="MadeAt">When.</param>
/// <param name="MadeBy">By the policy, an agent, a follow-up or a recovery.</param>
/// <param name="Words">What the customer was told.</param>
/// <param name="Outcome">open, kept, renewed (replaced before it lapsed), broken (lapsed), withdrawn (paused, cancelled, replaced by an earlier one).</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="ToldVia">The channel it was told over; null when there was nobody to reach.</param>
/// <param name="Reason">What it holds depends on madeBy. Made by the policy: a stable code that says why it took the place of another, such as priority, policy, calendar, ladder or resumed. Made by a follow-up or a recovery: the reason in the words that the customer was told. Null where there was none.</param>
public sealed record PromiseResponse(
    Guid Id,
    Instant PromisedAt,
    Instant MadeAt,
    PromiseMaker MadeBy,
    string Words,
    PromiseOutcome Outcome,
    Instant? EndedAt,
    string? ToldVia,
    string? Reason);
