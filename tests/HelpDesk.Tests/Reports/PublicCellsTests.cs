using HelpDesk.Reports;

namespace HelpDesk.Tests.Reports;

internal sealed class PublicCellsTests
{
    private const int Smallest = 20;
    private static readonly LocalDate First = new(2026, 1, 1);

    [Test]
    public void Days_with_enough_stand_alone_and_others_stand_together()
    {
        var blocks = PublicCells.Cut([Row(0, "a", 25), Row(1, "a", 12), Row(3, "a", 8), Row(4, "a", 3)], First.PlusDays(10), Smallest, _ => true);
        Assert.That(blocks.Select(block => (block.From, block.To)), Is.EqualTo(new[] { (First, First.PlusDays(1)), (First.PlusDays(1), First.PlusDays(4)) }));
    }

    [Test]
    public void A_day_that_is_not_over_is_not_shown() =>
        Assert.That(PublicCells.Cut([Row(0, "a", 100)], First, Smallest, _ => true), Is.Empty);

    [Test]
    public void A_small_group_is_not_what_the_total_is_more_than_the_others()
    {
        var blocks = PublicCells.Cut([Row(0, "a", 100), Row(0, "b", 1)], First.PlusDays(10), Smallest, _ => true);
        Assert.That(blocks, Is.Empty);
    }

    [Test]
    public void A_group_that_the_public_may_not_know_is_never_shown_apart()
    {
        var block = PublicCells.Cut([Row(0, "a", 100), Row(0, "secret", 30)], First.PlusDays(10), Smallest, name => name != "secret").Single();
        Assert.That(block.Shown, Is.EqualTo(new[] { "a" }));
    }

    /// <summary>Whatever history: every cell is large, and blocks of the groups are made of whole blocks of the total.</summary>
    [Test]
    public void No_cell_is_small([Range(1, 200)] int seed)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, 120)
            .SelectMany(day => Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(6)).Distinct().Select(group => Row(day, $"g{group}", random.Next(2 + 9 * group)))).ToList();
        var totals = PublicCells.Cut(rows, First.PlusDays(110), Smallest, _ => false);
        var edges = totals.SelectMany(block => new[] { block.From, block.To }).ToHashSet();
        foreach (var block in PublicCells.Cut(rows, First.PlusDays(110), Smallest, name => name != "g1"))
        {
            var cells = rows.Where(row => row.Day >= block.From && row.Day < block.To).GroupBy(row => block.Shown.Contains(row.Name) ? row.Name : "rest").ToList();
            Assert.That(cells.Select(cell => cell.Sum(row => row.Tally.Verdicts)), Is.All.GreaterThanOrEqualTo(Smallest));
            Assert.That(block.Shown, Does.Not.Contain("g1"));
            Assert.That(edges, Does.Contain(block.From).And.Contain(block.To));
        }
    }

    private static DayRow Row(int day, string name, int kept) => new(First.PlusDays(day), name, default(Tally) with { Kept = kept });
}
