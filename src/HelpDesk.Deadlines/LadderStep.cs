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
}

/// <summary>
/// One step of a term's ladder. At a percentage of the target (<see cref="Percent"/>, more than 0) or at an offset (<see cref="Offset"/>, counted in
/// the term's hours) from the promise or the lapse. <see cref="Do"/> and <see cref="To"/> say what is done and are not read by the engine.
/// </summary>
public sealed record LadderStep(LadderBase From, int Percent, Duration Offset, string Do, string? To);

/// <summary>
/// A ladder step of one commitment and the instant it falls on. <paramref name="Promise"/> is the promise's number in the ledger and
/// <paramref name="Number"/> the step's place in the ladder, from 1: each step is taken once per promise.
/// </summary>
public readonly record struct LadderInstant(int Promise, int Number, LadderStep Step, Instant At);
