using HelpDesk.Search;

namespace HelpDesk.Tests.Search;

/// <summary>The walk over a million made-up tickets: what it finds, and how much it looks at.</summary>
internal sealed class RelevanceWalkTests
{
    private const long Newest = 1_000_000;
    private readonly List<int> looks = [];

    [SetUp]
    public void Start() => looks.Clear();

    private RelevanceWalk Walk(Func<long, bool> matches) => new(new NumberedStretches(Newest), (from, to) =>
    {
        Assert.That(Shelves.Covering(from, to), Has.Count.LessThanOrEqualTo(4));
        List<SearchHit> found = [.. Range(from, to).Where(matches).Select(id => new SearchHit(id, id * 7 % 10))];
        looks.Add(found.Count);
        return Task.FromResult(found);
    });

    private static IEnumerable<long> Range(long from, long to)
    {
        for (var id = Math.Max(from, 1); id < to; id++) yield return id;
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(50)]
    [TestCase(700)]
    [TestCase(20_000)]
    [TestCase(400_000)]
    public async Task A_page_costs_about_the_same_however_common_the_words_are(long oneOf)
    {
        var page = await Walk(id => id % oneOf == 0).Read(null, 51);
        Assert.That(page, Has.Count.EqualTo(Math.Min(51, Newest / oneOf)));
        Assert.That(looks.Sum(), Is.LessThan(3500));
        Assert.That(looks, Has.Count.LessThan(9));
    }

    [Test]
    public async Task Few_matches_are_ranked_as_a_whole()
    {
        var page = await Walk(id => id % 10_007 == 0).Read(null, 200);
        Assert.That(page, Has.Count.EqualTo(99));
        Assert.That(page.Select(hit => hit.Rank), Is.Ordered.Descending);
    }

    [Test]
    public async Task Pages_join_without_gap_and_repeat_across_thousands()
    {
        RelevanceKey? last = null;
        var seen = new List<long>();
        do
        {
            var page = await Walk(id => id % 97 == 0).Read(last, 201);
            seen.AddRange(page.Take(200).Select(hit => hit.Id));
            last = page.Count > 200 ? page[199] : null;
        }
        while (last is not null);

        Assert.That(seen, Is.Unique.And.EquivalentTo(Range(1, Newest + 1).Where(id => id % 97 == 0)));
    }

    [Test]
    public async Task What_comes_in_meanwhile_does_not_move_the_pages()
    {
        var first = await Walk(id => id % 3 == 0 && id < 999_000).Read(null, 51);
        var second = await Walk(id => id % 3 == 0).Read(first[^1], 51);
        Assert.That(second.Select(hit => hit.Id).Intersect(first.Select(hit => hit.Id)), Is.Empty);
        Assert.That(second.Select(hit => (hit.From, hit.To)).Distinct(), Is.EqualTo(new[] { (first[^1].From, first[^1].To) }));
    }
}
