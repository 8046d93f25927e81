namespace HelpDesk.Deadlines;

/// <summary>
/// The stable words by which the engine says why (<see cref="ClockChange.Reason"/>), and those that are given to it with a <see cref="Reclassified"/>. A status that
/// stops a clock, lets it go on or ends it is a reason too, under its own word.
/// </summary>
public static class ChangeReasons
{
    /// <summary>The priority changed.</summary>
    public const string Priority = "priority";

    /// <summary>Another policy, or another version of it, applies; or it promises nothing of the kind any more.</summary>
    public const string Policy = "policy";

    /// <summary>Another version of the calendar applies.</summary>
    public const string Calendar = "calendar";

    /// <summary>A step of the ladder raised the priority.</summary>
    public const string Ladder = "ladder";

    /// <summary>Two tickets became one.</summary>
    public const string Merged = "merged";

    /// <summary>The clock goes on.</summary>
    public const string Resumed = "resumed";

    /// <summary>What carried the promise did not leave.</summary>
    public const string NotSent = "not_sent";

    /// <summary>The cap on renewals is reached.</summary>
    public const string Cap = "cap";

    /// <summary>There is nobody to reach.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>All that the engine itself says, statuses included.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Priority, Policy, Calendar, Ladder, Merged, Resumed, NotSent, Cap, Unreachable, .. Enum.GetValues<TicketStatus>().Select(status => status.ToWord())];
}
