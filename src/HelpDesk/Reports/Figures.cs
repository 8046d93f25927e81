namespace HelpDesk.Reports;

/// <summary>Sums rows of the roll-up up to what is answered.</summary>
internal static class Figures
{
    /// <param name="smallest">A sample of fewer is not told of; 0 for callers who see all.</param>
    public static PerformanceFigures Of(IReadOnlyList<DayRow> rows, int smallest)
    {
        var sum = rows.Aggregate(default(Tally), (sum, row) => sum + row.Tally);
        if (sum.Verdicts < smallest) return PerformanceFigures.Hidden;
        return new PerformanceFigures(
            false, sum.KeptPercent, sum.Verdicts,
            new PromiseFigures(sum.Made, sum.PromisesKept, sum.Renewed, sum.PromisesBroken, sum.Silent, sum.Withdrawn),
            new CommitmentFigures(sum.Kept, sum.Broken, sum.Cancelled, sum.TargetMet, sum.TargetMissed),
            Times(rows, 0, smallest), Times(rows, 2, smallest));
    }

    private static TimeFigures Times(IReadOnlyList<DayRow> rows, int column, int smallest)
    {
        long count = rows.Sum(row => row.Times[column].Length);
        if (count < smallest) return new TimeFigures(null, null, null);
        return new TimeFigures(count, Percentile(rows, column), Percentile(rows, column + 1));
    }

    private static PercentileFigures? Percentile(IReadOnlyList<DayRow> rows, int column) =>
        Percentiles.Of([.. rows.Select(row => row.Times[column])], 50, 90, 95) is [var half, var most, var nearlyAll]
            ? new PercentileFigures(Duration.FromSeconds(half), Duration.FromSeconds(most), Duration.FromSeconds(nearlyAll))
            : null;
}
