using System.Collections.Concurrent;
using HelpDesk.Tickets;

namespace HelpDesk.Reports;

/// <summary>What is asked for.</summary>
internal readonly record struct PerformanceQuestion(LocalDate From, LocalDate To, Grouping? By, bool IsPublic, LocalDate Today);

/// <summary>
/// Answers questions, and keeps the last answers for as long as the roll-up and the policies stay as they are: the database says whether they do, so that no
/// server answers with what another knows to be over.
/// </summary>
internal sealed class PerformanceShelf(PerformanceBook book, PerformanceOptions options, DeskSettings desk)
{
    /// <summary>Bounds memory; the shelf is begun anew when full.</summary>
    private const int MostKept = 500;

    private readonly ConcurrentDictionary<PerformanceQuestion, (string Version, PerformanceResponse Answer)> kept = new();

    public async Task<(string Version, PerformanceResponse Answer)> Read(PerformanceQuestion question, CancellationToken cancel)
    {
        // Read first: an answer that is newer than its version is found out at the next question, an older one never would be.
        var version = await book.Version(cancel);
        if (kept.TryGetValue(question, out var known) && known.Version == version) return known;
        var open = await book.Open(question.By ?? Grouping.Kind, question.From, question.To, question.IsPublic, cancel);
        var answer = (version, question.IsPublic ? ForAll(question, open) : ForInsiders(question, open));
        if (kept.Count >= MostKept) kept.Clear();
        kept[question] = answer;
        return answer;
    }

    private PerformanceResponse ForInsiders(PerformanceQuestion question, OpenBook open) => new(
        question.From, question.To, desk.Zone.Id, question.By, false, null, Figures.Of(open.Window, 0),
        question.By is null ? [] : Groups(question, open, open.Window, 0), null);

    private PerformanceResponse ForAll(PerformanceQuestion question, OpenBook open)
    {
        var names = question.By is { } by ? PublicNames(by, open.Policies) : _ => false;
        var blocks = PublicCells.Cut(open.Counts, question.Today, options.SmallestSample, names)
            .Where(block => block.From >= question.From && block.To <= question.To).ToList();
        if (blocks.Count == 0) return new(question.From, question.To, desk.Zone.Id, question.By, true, options.SmallestSample, PerformanceFigures.Hidden, [], null);
        var (from, to) = (blocks[0].From, blocks[^1].To);
        var rows = open.Window.Where(row => row.Day >= from && row.Day < to).ToList();
        var hidden = Hidden(blocks, rows);
        var others = rows.Where(row => hidden.Contains(row.Name)).ToList();
        var withheld = hidden.Where(names).Select(name => Group(question.By!.Value, name, open, PerformanceFigures.Hidden));
        var groups = Groups(question, open, [.. rows.Where(row => !hidden.Contains(row.Name))], options.SmallestSample).Concat(withheld).OrderBy(group => group.Name, StringComparer.Ordinal);
        return new(
            from, to, desk.Zone.Id, question.By, true, options.SmallestSample, Figures.Of(rows, options.SmallestSample), question.By is null ? [] : [.. groups],
            question.By is null || others.Count == 0 ? null : Figures.Of(others, options.SmallestSample));
    }

    /// <summary>A group is shown where it is shown in every block that has something of it.</summary>
    private static HashSet<string> Hidden(List<Block> blocks, List<DayRow> rows)
    {
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        var next = 0;
        foreach (var row in rows)
        {
            while (row.Day >= blocks[next].To) next++;
            if (!blocks[next].Shown.Contains(row.Name)) hidden.Add(row.Name);
        }

        return hidden;
    }

    private static IReadOnlyList<PerformanceGroup> Groups(PerformanceQuestion question, OpenBook open, IReadOnlyList<DayRow> rows, int smallest) => question.By is not { } by ? [] :
    [
        .. rows.GroupBy(row => row.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Group(by, group.Key, open, Figures.Of([.. group], smallest))),
    ];

    private static PerformanceGroup Group(Grouping by, string name, OpenBook open, PerformanceFigures figures)
    {
        if (name.Length == 0) return new(null, null, figures);
        if (by != Grouping.Policy) return new(name, null, figures);
        var id = Guid.Parse(name);
        return new(open.Policies.FirstOrDefault(policy => policy.Id == id)?.Name, id, figures);
    }

    /// <summary>Kinds and priorities are the same everywhere; of its own names the desk shows what its published policies name.</summary>
    private static Func<string, bool> PublicNames(Grouping by, IReadOnlyList<PolicyName> policies)
    {
        if (by is Grouping.Kind or Grouping.Priority) return _ => true;
        var published = policies.Where(policy => policy.IsPublished);
        var names = published.SelectMany(policy => by switch
        {
            Grouping.Queue => policy.Queues,
            Grouping.Channel => policy.Channels,
            _ => [policy.Id.ToString()],
        }).ToHashSet(StringComparer.Ordinal);
        return names.Contains;
    }
}
