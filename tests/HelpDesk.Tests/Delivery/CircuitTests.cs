using HelpDesk.Delivery;

namespace HelpDesk.Tests.Delivery;

public sealed class CircuitTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 8, 0);
    private readonly Circuit circuit = new();

    [SetUp]
    public void Close_it() => circuit.Answered();

    private void Open()
    {
        for (var failure = 1; failure <= Circuit.Threshold; failure++) Assert.That(circuit.Failed(Now, 0), Is.EqualTo(failure == Circuit.Threshold));
    }

    [Test]
    public void It_opens_after_a_few_failures_in_a_row_and_an_answer_begins_the_count_anew()
    {
        circuit.Failed(Now, 0);
        circuit.Failed(Now, 0);
        Assert.That(circuit.Answered(), Is.False, "it was not open");
        circuit.Failed(Now, 0);
        circuit.Failed(Now, 0);
        Assert.That((circuit.IsOpen, circuit.Allowance(Now)), Is.EqualTo((false, (int?)null)));
        Assert.That(circuit.Failed(Now, 0), Is.True);
        Assert.That(circuit.IsOpen, Is.True);
    }

    [Test]
    public void While_open_one_probe_at_a_time_may_begin_the_first_after_a_second()
    {
        Open();
        Assert.That((circuit.TryBegin(Now), circuit.Allowance(Now), circuit.NextProbe), Is.EqualTo((false, (int?)0, (Instant?)(Now + Duration.FromSeconds(1)))));
        var later = Now + Duration.FromSeconds(1);
        Assert.That((circuit.Allowance(later), circuit.TryBegin(later), circuit.Allowance(later), circuit.TryBegin(later), circuit.NextProbe), Is.EqualTo(((int?)1, true, (int?)0, false, (Instant?)null)));
        circuit.LeftAlone();
        Assert.That(circuit.TryBegin(later), Is.True, "the probe was not made");
    }

    [TestCase(0, 0.5)]
    [TestCase(0.999999, 1)]
    public void The_pauses_between_probes_double_up_to_half_a_minute_each_between_half_and_the_whole(double random, double share)
    {
        Open();
        var now = Now;
        foreach (var whole in new[] { 2, 4, 8, 16, 30, 30 })
        {
            now = circuit.NextProbe!.Value;
            Assert.That(circuit.TryBegin(now), Is.True);
            circuit.Failed(now, random);
            Assert.That((circuit.NextProbe!.Value - now).TotalSeconds, Is.EqualTo(whole * share).Within(0.001));
        }
    }

    [Test]
    public void A_clock_that_is_set_back_keeps_no_probe_waiting_until_it_has_caught_up()
    {
        Open();
        var back = Now - Duration.FromHours(1);
        Assert.That((circuit.Allowance(back), circuit.TryBegin(back), circuit.Allowance(back)), Is.EqualTo(((int?)1, true, (int?)0)));
        circuit.Failed(back, 0);
        Assert.That((circuit.TryBegin(back), circuit.NextProbe), Is.EqualTo((false, (Instant?)(back + Duration.FromSeconds(1)))));
    }

    [Test]
    public void What_was_under_way_when_it_opened_does_not_lengthen_the_pause()
    {
        Open();
        circuit.Failed(Now, 0);
        Assert.That(circuit.NextProbe, Is.EqualTo(Now + Duration.FromSeconds(1)));
    }

    [Test]
    public void Any_answer_closes_it()
    {
        Open();
        Assert.That((circuit.Answered(), circuit.IsOpen, circuit.TryBegin(Now)), Is.EqualTo((true, false, true)));
    }
}
