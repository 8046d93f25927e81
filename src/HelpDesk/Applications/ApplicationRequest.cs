using System.ComponentModel.DataAnnotations;
using HelpDesk.Deadlines;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Applications;

/// <summary>Whether to apply the newest version, or only to tell what that would change.</summary>
/// <param name="DryRun">true: nothing is changed, the answer tells what would be. false: it is done, as a job.</param>
/// <param name="Limit">Dry run: how many changed commitments to list, 1 to 1000. Default 200.</param>
/// <param name="Cursor">Dry run: the nextCursor of the report before.</param>
[Example("""{ "dryRun": true }""")]
public sealed record ApplicationRequest(
    bool DryRun, [property: Range(1, ApplicationRequest.MostItems)] int? Limit = null, [property: StringLength(200, MinimumLength = 1)] string? Cursor = null)
{
    internal const int DefaultItems = 200;
    internal const int MostItems = 1000;
}

/// <summary>What applying would change. Nothing was.</summary>
/// <param name="Applies">The versions that would be applied.</param>
/// <param name="Tickets">How many open tickets the policy or calendar has; from the cursor on, where there is one.</param>
/// <param name="LookedAt">How many of them were looked at: the counts are theirs.</param>
/// <param name="Complete">Whether those were all. A report is made for ten seconds at most.</param>
/// <param name="Counts">What would change.</param>
/// <param name="Items">Commitments that would change, by the numbers of their tickets; a ticket is listed whole.</param>
/// <param name="NextCursor">Where there is more to list or to look at: the cursor of the next report, whose counts begin where these items end.</param>
public sealed record ApplicationReport(
    ApplicationOrder Applies, long Tickets, long LookedAt, bool Complete, ApplicationCounts Counts, IReadOnlyList<CommitmentEffect> Items, string? NextCursor);

/// <summary>What applying changes.</summary>
/// <param name="Changed">Tickets that go over to the new version.</param>
/// <param name="Retargeted">Commitments whose target or promise moves.</param>
/// <param name="Remade">Promises that are made anew, earlier than they were told.</param>
/// <param name="Started">Commitments of kinds that the version adds.</param>
/// <param name="Cancelled">Commitments of kinds that the version no longer promises.</param>
/// <param name="Paused">Commitments whose clock stops, because the version stands still in the ticket's status.</param>
/// <param name="Resumed">Commitments whose clock goes on.</param>
/// <param name="Failed">Tickets that cannot go over to it: its calendar is never open.</param>
public sealed record ApplicationCounts(long Changed, long Retargeted, long Remade, long Started, long Cancelled, long Paused, long Resumed, long Failed);

/// <summary>What applying does to one commitment.</summary>
/// <param name="TicketId">Its ticket.</param>
/// <param name="CommitmentId">Its id; null for one that would start.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Cycle">Counts the commitments of this kind on the ticket, from 1.</param>
/// <param name="What">retargeted, started, cancelled, paused or resumed.</param>
/// <param name="OldDueAt">The target as it is.</param>
/// <param name="NewDueAt">The target as it would be.</param>
/// <param name="OldPromisedAt">What the customer was told last.</param>
/// <param name="NewPromisedAt">What would be promised.</param>
/// <param name="Remade">Whether the promise that was told is made anew, earlier. It is never moved later.</param>
public sealed record CommitmentEffect(
    long TicketId, Guid? CommitmentId, CommitmentKind Kind, int Cycle, EffectKind What, Instant? OldDueAt, Instant? NewDueAt, Instant? OldPromisedAt, Instant? NewPromisedAt, bool Remade);

/// <summary>What happens to a commitment.</summary>
public enum EffectKind
{
    /// <summary>Its target or its promise moves.</summary>
    Retargeted,

    /// <summary>It begins.</summary>
    Started,

    /// <summary>It is owed no more.</summary>
    Cancelled,

    /// <summary>Its clock stops.</summary>
    Paused,

    /// <summary>Its clock goes on.</summary>
    Resumed,
}
