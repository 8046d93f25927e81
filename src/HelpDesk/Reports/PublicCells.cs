namespace HelpDesk.Reports;

/// <summary>Days that the public is shown together. Half-open.</summary>
/// <param name="Shown">The groups shown apart in it; all else is one.</param>
internal sealed record Block(LocalDate From, LocalDate To, IReadOnlySet<string> Shown);

/// <summary>
/// Cuts history into cells, so that no question and no difference of questions tells of fewer than <c>smallest</c> verdicts: blocks of whole days that are over, and in each
/// block the groups shown apart and the rest. Whatever is answered is a sum of whole cells, and each cell is empty or has at least <c>smallest</c>. Blocks of all groupings begin and end where blocks of the total do, so that totals of two groupings differ by whole blocks too.
/// </summary>
internal static class PublicCells
{
    /// <param name="rows">From the beginning of history, in the order of days: another beginning would give other blocks.</param>
    /// <param name="today">Not over yet: neither it nor what follows is shown.</param>
    /// <param name="isNamed">Whether the public may know the group's name.</param>
    public static IReadOnlyList<Block> Cut(IEnumerable<DayRow> rows, LocalDate today, int smallest, Func<string, bool> isNamed)
    {
        var blocks = new List<Block>();
        var block = new Dictionary<string, long>(StringComparer.Ordinal);
        LocalDate? from = null;
        long part = 0;
        foreach (var day in rows.Where(row => row.Day < today).GroupBy(row => row.Day))
        {
            from ??= blocks.Count > 0 ? blocks[^1].To : day.Key;
            foreach (var row in day)
            {
                block[row.Name] = block.GetValueOrDefault(row.Name) + row.Tally.Verdicts;
                part += row.Tally.Verdicts;
            }

            // Here a block of the total ends.
            if (part < smallest) continue;
            part = 0;
            var shown = block.Where(group => group.Value >= smallest && isNamed(group.Key)).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
            var rest = block.Where(group => !shown.Contains(group.Key)).ToList();
            if (rest.Count > 0 && rest.Sum(group => group.Value) < smallest) continue;
            blocks.Add(new Block(from.Value, day.Key.PlusDays(1), shown));
            block.Clear();
            from = null;
        }

        return blocks;
    }
}
