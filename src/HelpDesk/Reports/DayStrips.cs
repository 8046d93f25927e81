using HelpDesk.Tickets;
using HelpDesk.Time;

namespace HelpDesk.Reports;

/// <summary>One day of a strip, for everybody.</summary>
/// <param name="Day">In the desk's time zone.</param>
/// <param name="From">The figures are of the days from this one,</param>
/// <param name="To">up to but without this one: of the day alone, or of several where one has too few.</param>
/// <param name="Figures">Null where even those are too few, or are too new to know: withheld.</param>
internal sealed record StripDay(LocalDate Day, LocalDate From, LocalDate To, PromiseFigures? Figures)
{
    /// <summary>Whether there is nothing to say of this day alone.</summary>
    public bool IsWithheld => Figures is null || To != From.PlusDays(1);
}

/// <summary>The last days that are over, one by one, as everybody may see them.</summary>
internal sealed class DayStrips(PerformanceBook book, PerformanceOptions options, DeskSettings desk, DeskClock clock)
{
    /// <summary>The oldest first, yesterday last.</summary>
    public async Task<IReadOnlyList<StripDay>> Read(int days, CancellationToken cancel)
    {
        var today = (await clock.Now(cancel)).InZone(desk.Zone).Date;
        var rows = await book.Counts(Grouping.Kind, cancel);
        var blocks = PublicCells.Cut(rows, today, options.SmallestSample, _ => false);
        var strip = new List<StripDay>(days);
        for (var day = today.PlusDays(-days); day < today; day = day.PlusDays(1))
        {
            var block = blocks.FirstOrDefault(block => day >= block.From && day < block.To);
            strip.Add(block is null ? new(day, day, day.PlusDays(1), null) : new(day, block.From, block.To, Sum(rows, block)));
        }

        return strip;
    }

    private static PromiseFigures Sum(IReadOnlyList<DayRow> rows, Block block)
    {
        var sum = rows.Where(row => row.Day >= block.From && row.Day < block.To).Aggregate(default(Tally), (sum, row) => sum + row.Tally);
        return new(sum.Made, sum.PromisesKept, sum.Renewed, sum.PromisesBroken, sum.Silent, sum.Withdrawn);
    }
}
