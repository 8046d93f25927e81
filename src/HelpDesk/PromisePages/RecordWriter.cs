using HelpDesk.Reports;

namespace HelpDesk.PromisePages;

/// <summary>How promises were kept, as a share and as a strip of days. What is withheld is said to be.</summary>
internal static class RecordWriter
{
    public static PromiseRecord Of(PublicRecord record, PromisePageWords words, string zone) => new(
        record.Total.KeptPercent is { } percent ? words.Percent(percent) : null,
        record.Total.Verdicts is { } verdicts && record.Total.KeptPercent is not null ? words.Sample(verdicts, record.Days.From, record.Days.To.PlusDays(-1)) : null,
        [.. Stretches(record, words)], words.RecordNote(zone), words.StripLabel(RecordShelf.Days));

    /// <summary>Days of which there are figures only together are one stretch, and so are neighbours of which there are none.</summary>
    private static IEnumerable<StripStretch> Stretches(PublicRecord record, PromisePageWords words)
    {
        var strip = record.Strip;
        for (int first = 0, next; first < strip.Count; first = next)
        {
            next = first + 1;
            while (next < strip.Count && IsSame(strip[first], strip[next])) next++;
            var (day, figures) = (strip[first], strip[first].Figures);
            var (from, last) = figures is null ? (day.Day, strip[next - 1].Day) : (day.From, day.To.PlusDays(-1));
            yield return new(first, next - first, Name(from, last, figures is not null, words), figures is null ? null : new(figures.Kept, figures.Renewed, figures.Broken));
        }
    }

    private static bool IsSame(StripDay one, StripDay other) => one.Figures is null ? other.Figures is null : other.Figures is not null && one.From == other.From;

    private static string Name(LocalDate from, LocalDate last, bool isTogether, PromisePageWords words)
    {
        if (from == last) return words.Date(from);
        var range = words.Range(words.Date(from), words.Date(last));
        return isTogether ? words.Together(range) : range;
    }
}
