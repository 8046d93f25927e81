using HelpDesk.Delivery;

namespace HelpDesk.Tests.Delivery;

public sealed class DomainThrottleTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 8, 0);

    private static DomainThrottle Throttle(int perMinute, params (string, int)[] domains) => new(perMinute, domains.ToDictionary(each => each.Item1, each => each.Item2));

    [Test]
    public void No_more_than_the_limit_leave_within_any_minute()
    {
        var throttle = Throttle(3);
        var taken = Enumerable.Range(0, 300).Select(second => Now + Duration.FromSeconds(second)).Where(at => throttle.TryTake("example.org", at)).ToList();
        Assert.That(taken, Has.Count.EqualTo(15));
        Assert.That(taken.Max(at => taken.Count(other => other >= at && other < at + Duration.FromMinutes(1))), Is.EqualTo(3));
    }

    [Test]
    public void Each_domain_has_its_own_count_and_may_have_its_own_limit()
    {
        var throttle = Throttle(1, ("slow.example", 2), ("free.example", 0));
        Assert.That(Enumerable.Range(0, 5).Count(_ => throttle.TryTake("example.org", Now)), Is.EqualTo(1));
        Assert.That(Enumerable.Range(0, 5).Count(_ => throttle.TryTake("slow.example", Now)), Is.EqualTo(2));
        Assert.That(Enumerable.Range(0, 5).Count(_ => throttle.TryTake("free.example", Now)), Is.EqualTo(5));
        Assert.That(throttle.Left(Now), Is.EquivalentTo(new Dictionary<string, int> { ["example.org"] = 0, ["slow.example"] = 0, ["free.example"] = int.MaxValue }));
    }

    [Test]
    public void It_tells_when_one_may_leave_again()
    {
        var throttle = Throttle(1);
        Assert.That(throttle.NextLeft(Now), Is.Null);
        throttle.TryTake("example.org", Now);
        throttle.TryTake("example.com", Now + Duration.FromSeconds(5));
        Assert.That(throttle.NextLeft(Now + Duration.FromSeconds(10)), Is.EqualTo(Now + Duration.FromMinutes(1)));
        Assert.That(throttle.NextLeft(Now + Duration.FromMinutes(1)), Is.EqualTo(Now + Duration.FromSeconds(65)));
    }

    [Test]
    public void A_clock_set_back_holds_nobody_up_for_longer_than_a_minute()
    {
        var throttle = Throttle(1);
        throttle.TryTake("example.org", Now + Duration.FromDays(1));
        Assert.That(throttle.TryTake("example.org", Now), Is.True);
    }

    [Test]
    public void Without_limits_it_is_off() => Assert.That((Throttle(0).IsOn, Throttle(0).TryTake("example.org", Now), Throttle(0).Otherwise), Is.EqualTo((false, true, (int?)null)));
}
