using HelpDesk.Web;

namespace HelpDesk.Reports;

/// <summary>How well promises were kept. Exact: it equals what the ledger says, a few seconds ago.</summary>
/// <param name="From">The first day that is counted, in the desk's time zone.</param>
/// <param name="To">The day after the last one that is counted.</param>
/// <param name="TimeZone">The desk's time zone, which days are counted in. Example: "Europe/Helsinki".</param>
/// <param name="By">By what the groups are told apart; null for the total alone.</param>
/// <param name="Public">Whether this is what everybody may see: days that are over, and no small samples.</param>
/// <param name="SmallestSample">In the public view: figures of fewer verdicts are withheld. Null for callers who see all.</param>
/// <param name="Total">Everything that is counted.</param>
/// <param name="Groups">In the order of their names; empty without "by".</param>
/// <param name="Other">In the public view: all that is in no group shown here, together. Null where there is nothing of the kind.</param>
public sealed record PerformanceResponse(
    LocalDate From, LocalDate To, string TimeZone, Grouping? By, bool Public, int? SmallestSample, PerformanceFigures Total, IReadOnlyList<PerformanceGroup> Groups,
    PerformanceFigures? Other);

/// <summary>One kind, queue, priority, channel or policy.</summary>
/// <param name="Name">Its name; null for tickets that are in no queue, and for commitments of no policy. Example: "first_response".</param>
/// <param name="PolicyId">The policy, where the figures are by policy.</param>
/// <param name="Figures">Its figures.</param>
public sealed record PerformanceGroup(string? Name, Guid? PolicyId, PerformanceFigures Figures);

/// <summary>Figures of one sample.</summary>
/// <param name="Withheld">Whether the sample is too small for the public: then all else is null.</param>
/// <param name="KeptPercent">Of all verdicts, how many were kept; cut, not rounded, to a tenth of a percent, so that 100 means that not one was broken. Null without verdicts. Example: 98.4.</param>
/// <param name="Verdicts">Commitments judged: kept and broken. The size of the sample. Example: 640.</param>
/// <param name="Promises">Single promises of the ledger.</param>
/// <param name="Commitments">Obligations. Each is judged once, however many promises were made under it.</param>
/// <param name="ResponseTimes">From the start of a first or next response to the answer, of all that were answered.</param>
/// <param name="ResolutionTimes">From the start of a resolution (a reopening starts another) to the ticket's being resolved.</param>
public sealed record PerformanceFigures(
    bool Withheld, decimal? KeptPercent, long? Verdicts, PromiseFigures? Promises, CommitmentFigures? Commitments, TimeFigures? ResponseTimes, TimeFigures? ResolutionTimes)
{
    internal static PerformanceFigures Hidden { get; } = new(true, null, null, null, null, null, null);
}

/// <summary>Single promises. Those that ended count on the day they ended.</summary>
/// <param name="Made">Promises made, on the day they were made, by whomever: a policy, an agent, a follow-up, a recovery. Example: 800.</param>
/// <param name="Kept">Fulfilled at or before the promised instant. Example: 630.</param>
/// <param name="Renewed">Replaced by a new date before they lapsed. Example: 120.</param>
/// <param name="Broken">Lapsed. Example: 10.</param>
/// <param name="Silent">Of those broken: the customer had not been told before, by a follow-up that left. Example: 1.</param>
/// <param name="Withdrawn">Ended otherwise: paused, cancelled, merged, replaced by an earlier one, or not told after all. Example: 40.</param>
public sealed record PromiseFigures(long Made, long Kept, long Renewed, long Broken, long Silent, long Withdrawn);

/// <summary>Obligations: of one kind, on one ticket, in one cycle.</summary>
/// <param name="Kept">Fulfilled, with no promise broken; on the day it was fulfilled. Example: 630.</param>
/// <param name="Broken">With a promise that was broken, whatever came after; on the day the first was found broken, even where it is still owed. Example: 10.</param>
/// <param name="Cancelled">Given up without a lapse (resolved by other means, merged, of no term any more): neither kept nor broken. Example: 25.</param>
/// <param name="TargetMet">Fulfilled within the internal target; on the day it ended, as all further figures. Example: 600.</param>
/// <param name="TargetMissed">Used more than the internal target, fulfilled or not. Example: 55.</param>
public sealed record CommitmentFigures(long Kept, long Broken, long Cancelled, long TargetMet, long TargetMissed);

/// <summary>How long it took, of all that were fulfilled, late or not; on the day they were.</summary>
/// <param name="Sample">How many. Example: 320.</param>
/// <param name="Working">In the term's hours, less pauses: what the target is held against. Null where there are none, and for the public where they are too few.</param>
/// <param name="Elapsed">By the clock on the wall, pauses included.</param>
public sealed record TimeFigures(long? Sample, PercentileFigures? Working, PercentileFigures? Elapsed);

/// <summary>Percentiles by nearest rank: the shortest time within which at least so many percent were done. Exact, cut to whole seconds.</summary>
/// <param name="P50">Half of them. Example: "PT42M10S".</param>
/// <param name="P90">Nine of ten. Example: "PT3H5M".</param>
/// <param name="P95">Nineteen of twenty. Example: "PT4H".</param>
public sealed record PercentileFigures(IsoDuration P50, IsoDuration P90, IsoDuration P95);
