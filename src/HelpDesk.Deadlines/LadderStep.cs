using System.Collections.Immutable;
using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>What an offset of a ladder step is counted from.</summary>
public enum LadderBase
{
    /// <summary>The start: the step is at a percentage of the target.</summary>
    Target,

    /// <summary>The promised instant; a negative offset lies before it.</summary>
    Promise,

    /// <summary>The lapse, which is the promised instant once it has passed; offsets are zero or longer.</summary>
    Lapse,

    /// <summary>The follow-up: the step lies half of its lead before it, and after the making of the promise. Callbacks alone have it.</summary>
    FollowUp,
}

/// <summary>
/// One step of a term's ladder. At a percentage of the target (<see cref="Percent"/>, more than 0) or at an offset (<see cref="Offset"/>, counted in
/// the term's hours) from the promise or the lapse. <see cref="Do"/> and <see cref="To"/> say what is done; of them the engine reads only, where a
/// history is played, that the priority is raised.
/// </summary>
public sealed record LadderStep(LadderBase From, int Percent, Duration Offset, string Do, string? To)
{
    /// <summary>The most steps that a ladder may have: those that were taken are kept as the bits of a number.</summary>
    public const int Most = 50;

    /// <summary>What <see cref="Do"/> says where the priority is raised by one.</summary>
    public const string RaisePriority = "raise_priority";

    /// <summary>The one step of a callback: its agent is alerted before its customer is written to.</summary>
    internal static readonly ImmutableArray<LadderStep> OfCallback = [new(LadderBase.FollowUp, 0, Duration.Zero, "notify", "assignee")];
}

/// <summary>
/// A ladder step of one commitment and the instant it falls on. <paramref name="Promise"/> is the promise's number in the ledger and
/// <paramref name="Number"/> the step's place in the ladder, from 1: each step is taken once per promise. A step at a percentage of the target falls
/// on one instant whatever is promised: what was taken under one promise counts as taken under the next.
/// </summary>
public readonly record struct LadderInstant(int Promise, int Number, LadderStep Step, Instant At);
