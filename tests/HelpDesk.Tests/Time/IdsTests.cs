using HelpDesk.Time;

namespace HelpDesk.Tests.Time;

public sealed class IdsTests
{
    [Test]
    public void Ids_follow_the_instants_they_were_made_at() =>
        Assert.That(Ids.New(Instant.FromUtc(2026, 3, 2, 8, 0)), Is.LessThan(Ids.New(Instant.FromUtc(2026, 3, 2, 8, 1))));

    [Test]
    public void There_are_ids_before_1970_too() =>
        Assert.That(Enumerable.Range(0, 100).Select(_ => Ids.New(Instant.FromUtc(1969, 7, 20, 20, 17))), Is.Unique);
}
