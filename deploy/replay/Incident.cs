namespace HelpDesk.Replay;

/// <summary>One incident of the log.</summary>
/// <param name="Number">Its number there.</param>
/// <param name="Caller">Who waits; null where the log does not know.</param>
/// <param name="Subject">What it is about, as far as an anonymous log says.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="OpenedAt">The earliest instant the log has it at.</param>
/// <param name="MadeSla">The log's own verdict: whether its target was met.</param>
/// <param name="Changes">What happened to it, in the order of time.</param>
internal sealed record Incident(
    string Number, string? Caller, string Subject, string Channel, Instant OpenedAt, bool MadeSla, IReadOnlyList<Change> Changes);

/// <summary>The incident after one change. No state: the log does not know it.</summary>
internal sealed record Change(Instant At, State? State, string By, Fields Fields);

/// <summary>What the desk knows of an incident besides its state; null is the log's <c>?</c>: unknown, not empty.</summary>
internal sealed record Fields(string? Priority, string? Queue, string? Category, string? Assignee);

internal enum State
{
    New,
    Active,
    AwaitingUser,
    AwaitingOthers,
    Resolved,
    Closed,
}
