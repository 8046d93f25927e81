namespace HelpDesk.Reports;

/// <summary>Counts that add up.</summary>
internal readonly record struct Tally(
    long Made, long PromisesKept, long Renewed, long PromisesBroken, long Silent, long Withdrawn, long Kept, long Broken, long Cancelled, long TargetMet, long TargetMissed)
{
    /// <summary>How many commitments were judged: what a share is a share of, and what makes a sample small.</summary>
    public long Verdicts => Kept + Broken;

    public static Tally operator +(Tally one, Tally other) => new(
        one.Made + other.Made, one.PromisesKept + other.PromisesKept, one.Renewed + other.Renewed, one.PromisesBroken + other.PromisesBroken, one.Silent + other.Silent,
        one.Withdrawn + other.Withdrawn, one.Kept + other.Kept, one.Broken + other.Broken, one.Cancelled + other.Cancelled, one.TargetMet + other.TargetMet,
        one.TargetMissed + other.TargetMissed);

    /// <summary>Of all verdicts, cut to a tenth of a percent: 100 means that not one was broken. Null without any.</summary>
    public decimal? KeptPercent => Verdicts == 0 ? null : Math.Floor(1000m * Kept / Verdicts) / 10m;
}
