using HelpDesk.Reports;
using HelpDesk.Tickets;

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

/// <summary>The record as this server knows it. Whether there is another is asked at most once in a <see cref="Patience"/>, and the figures follow the ledger more slowly than that.</summary>
internal sealed class RecordShelf(PerformanceShelf figures, DayStrips strips, PerformanceOptions options, DeskSettings desk, TimeProvider machine)
{
    public const int Days = ReadPerformance.DefaultDays;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private volatile Shelf? shelf;
    private int refreshing;

    private sealed record Shelf(PublicRecord Record, long ReadAt);

    /// <summary>Null where it is not for everybody.</summary>
    public ValueTask<PublicRecord?> Read(Instant now, CancellationToken cancel)
    {
        if (!options.IsPublic) return ValueTask.FromResult<PublicRecord?>(null);
        var today = now.InZone(desk.Zone).Date;
        var known = shelf;
        var hasAged = known is not null && machine.GetElapsedTime(known.ReadAt) is var age && (age >= Patience || age < TimeSpan.Zero);
        // What has only aged is looked after by one; another day is wrong for everybody.
        return known?.Record.Today == today && (!hasAged || Interlocked.Exchange(ref refreshing, 1) == 1) ? ValueTask.FromResult<PublicRecord?>(known.Record) : Refresh(known, today, cancel);
    }

    private async ValueTask<PublicRecord?> Refresh(Shelf? known, LocalDate today, CancellationToken cancel)
    {
        try
        {
            var at = machine.GetTimestamp();
            var (version, answer) = await figures.Read(new(today.PlusDays(-Days), today, null, true, today), cancel);
            var record = known?.Record is { } same && same.Version == version && same.Today == today ? same
                : new PublicRecord(version, today, answer.Total, answer.From, answer.To, await strips.Read(Days, cancel));
            shelf = new Shelf(record, at);
            return record;
        }
        finally
        {
            Volatile.Write(ref refreshing, 0);
        }
    }
}
