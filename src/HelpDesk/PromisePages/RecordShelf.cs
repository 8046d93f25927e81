using HelpDesk.Reports;
using HelpDesk.Tickets;
using HelpDesk.Time;

namespace HelpDesk.PromisePages;

/// <summary>How promises were kept over the last days that are over, as everybody may know it.</summary>
internal sealed class PublicRecord(string version, LocalDate today, PerformanceFigures total, LocalDate from, LocalDate to, IReadOnlyList<StripDay> strip)
{
    public string Version => version;

    public LocalDate Today => today;

    public PerformanceFigures Total => total;

    /// <summary>The days that the total counts; half-open.</summary>
    public (LocalDate From, LocalDate To) Days => (from, to);

    public IReadOnlyList<StripDay> Strip => strip;
}

/// <summary>The record as this server knows it; another day's is wrong for everybody. The figures follow the ledger more slowly than that.</summary>
internal sealed class RecordShelf(PerformanceShelf figures, DayStrips strips, PerformanceOptions options, DeskSettings desk, TimeProvider machine)
{
    public const int Days = ReadPerformance.DefaultDays;

    private readonly AgingShelf<PublicRecord> shelf = new(machine);

    /// <summary>Null where it is not for everybody.</summary>
    public async ValueTask<PublicRecord?> Read(Instant now, CancellationToken cancel)
    {
        if (!options.IsPublic) return null;
        var today = now.InZone(desk.Zone).Date;
        return shelf.Good(record => record.Today == today) ?? await shelf.Refresh(async known =>
        {
            var (version, answer) = await figures.Read(new(today.PlusDays(-Days), today, null, true, today), cancel);
            return known is not null && known.Version == version && known.Today == today ? known
                : new PublicRecord(version, today, answer.Total, answer.From, answer.To, await strips.Read(Days, cancel));
        });
    }
}
