using HelpDesk.Reports;

namespace HelpDesk.Tests.Reports;

internal sealed class PercentilesTests
{
    [Test]
    public void They_are_those_of_all_values_sorted([Range(1, 60)] int seed)
    {
        var random = new Random(seed);
        var lists = Enumerable.Range(0, random.Next(1, 9)).Select(_ => Enumerable.Range(0, random.Next(400)).Select(_ => random.Next(1 << random.Next(1, 31))).Order().ToArray()).ToList();
        var all = lists.SelectMany(list => list).Order().ToList();
        int[] expected = all.Count == 0 ? [] : [.. new[] { 50, 90, 95, 100 }.Select(percent => all[(int)Math.Ceiling(percent * all.Count / 100m) - 1])];
        Assert.That(Percentiles.Of(lists, 50, 90, 95, 100), Is.EqualTo(expected));
    }

    [Test]
    public void The_longest_and_the_shortest_times_have_their_place() =>
        Assert.That(Percentiles.Of([[0, 63, 64, int.MaxValue]], 25, 50, 75, 100), Is.EqualTo(new[] { 0, 63, 64, int.MaxValue }));

    [Test]
    public void They_are_read_as_the_database_keeps_them() => Assert.That(Percentiles.Read([0, 0, 1, 2, 127, 255, 255, 255]), Is.EqualTo(new[] { 258, int.MaxValue }));
}
