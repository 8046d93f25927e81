using HelpDesk.Deadlines.Tests.Calendars;
using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

public class LadderInstantTests
{
    private static LadderStep Percent(int percent) => new(LadderBase.Target, percent, Duration.Zero, "notify", "assignee");

    private static LadderStep From(LadderBase from, string offset) =>
        new(from, 0, offset[0] == '-' ? -Sample.Span(offset[1..]) : Sample.Span(offset), "notify", "lead");

    private static Term Climbing(string target, params LadderStep[] steps) => Pausing(target) with { Ladder = [.. steps] };

    /// <summary>"promise.step at", in order.</summary>
    private static string[] Ladder(Commitment commitment) =>
        [.. commitment.LadderInstants().Select(instant => $"{instant.Promise}.{instant.Number} {Days.Text(instant.At)}")];

    [TestCase(1, "Mon 10:04:48")]
    [TestCase(75, "Mon 16:00")]
    [TestCase(100, "Tue 10:00")]
    [TestCase(150, "Tue 14:00")]
    public void A_step_at_a_percentage_of_the_target_falls_where_so_much_is_used(int percent, string at) =>
        Assert.That(Ladder(Story.Under(Policy(Climbing("PT8H", Percent(percent)))).Until("Mon 10:00").The(FirstResponse)),
            Is.EqualTo(new[] { $"1.1 {at}" }));

    [Test]
    public void A_percentage_is_of_the_target_without_its_cushion() =>
        Assert.That(
            Ladder(Story.Under(Policy(Climbing("PT4H", Percent(100)).Cushioned("PT2H"))).Until("Mon 10:00").The(FirstResponse)),
                Is.EqualTo(new[] { "1.1 Mon 14:00" }));

    [TestCase(LadderBase.Promise, "-PT2H", "Mon 16:00", Description = "1 h on Tuesday, 1 h on Monday")]
    [TestCase(LadderBase.Promise, "PT0S", "Tue 10:00")]
    [TestCase(LadderBase.Promise, "PT1H", "Tue 11:00")]
    [TestCase(LadderBase.Lapse, "PT0S", "Tue 10:00")]
    [TestCase(LadderBase.Lapse, "PT8H", "Wed 10:00")]
    public void A_step_at_an_offset_is_counted_from_the_promise_in_the_terms_hours(LadderBase from, string offset, string at) =>
        Assert.That(Ladder(Story.Under(Policy(Climbing("PT8H", From(from, offset)))).Until("Mon 10:00").The(FirstResponse)),
            Is.EqualTo(new[] { $"1.1 {at}" }));

    [Test]
    public void Pauses_push_the_steps_back_and_while_paused_there_are_none()
    {
        var story = Story.Under(Policy(resolution: Climbing("PT8H", Percent(50), From(LadderBase.Promise, "-PT1H")))).Status("Mon 11:00", TicketStatus.OnHold);
        Assert.That(Ladder(story.Until("Mon 12:00").The(Resolution)), Is.Empty);
        Assert.That(Ladder(story.Status("Mon 13:00", TicketStatus.Open).Until("Mon 13:00").The(Resolution)),
            Is.EqualTo(new[] { "2.1 Mon 16:00", "2.2 Tue 11:00" }));
    }

    [Test]
    public void A_follow_up_moves_the_steps_from_the_promise_and_not_those_of_the_target() =>
        Assert.That(
            Ladder(Story.Under(Policy(Climbing("PT4H", Percent(75), From(LadderBase.Promise, "PT0S"))))
                .FollowedUntil("Mon 13:00").The(FirstResponse)),
            Is.EqualTo(new[] { "2.1 Mon 13:00", "2.2 Mon 16:00" }));

    [Test]
    public void A_recovery_does_not_call_off_the_steps_from_the_lapse_it_recovers() =>
        Assert.That(
            Ladder(Story.Under(Policy(Climbing("PT4H", From(LadderBase.Lapse, "PT1H"), From(LadderBase.Promise, "PT0S")))).Sweep("Mon 14:30").Until("Mon 14:30").The(FirstResponse)),
            Is.EqualTo(new[] { "1.1 Mon 15:00", "2.1 Tue 09:30", "2.2 Mon 16:30" }));

    [Test]
    public void Past_the_cap_the_ladder_of_the_last_promise_runs_on() =>
        Assert.That(
            Ladder(Story.Under(Policy(Climbing("PT4H", Percent(200), From(LadderBase.Lapse, "PT1H")).Capped(0)))
                .FollowedUntil("Mon 14:30").The(FirstResponse)),
            Is.EqualTo(new[] { "1.1 Tue 10:00", "1.2 Mon 15:00" }));

    [Test]
    public void What_has_ended_has_no_ladder() =>
        Assert.That(Ladder(Story.Under(Policy(Climbing("PT8H", Percent(50)))).Agent("Mon 11:00")
            .Until("Mon 11:00").The(FirstResponse)), Is.Empty);

    [Test]
    public void A_lapse_that_ended_with_the_matter_has_no_steps_any_more() =>
        Assert.That(
            Ladder(Story.Under(Policy(Climbing("PT4H", From(LadderBase.Lapse, "PT2H")))).Agent("Mon 15:00").Until("Mon 15:00").The(FirstResponse)), Is.Empty);

    [Test]
    public void What_was_renewed_in_time_never_lapsed_and_has_no_steps_from_a_lapse() =>
        Assert.That(
            Ladder(Story.Under(Policy(Climbing("PT4H", From(LadderBase.Lapse, "PT1H")))).FollowedUntil("Mon 13:00").The(FirstResponse)),
            Is.EqualTo(new[] { "2.1 Mon 17:00" }));

    [Test]
    public void After_a_follow_up_that_did_not_leave_the_ladder_is_that_of_the_promise_that_lapsed() =>
        Assert.That(
            Ladder(Story.Under(Policy(Climbing("PT4H", Percent(200), From(LadderBase.Promise, "PT1H"))))
                .Sweep("Mon 13:00").NotSent("Mon 13:30", FirstResponse).Sweep("Mon 14:30", reachable: false).Until("Mon 14:30").The(FirstResponse)),
            Is.EqualTo(new[] { "1.1 Tue 10:00", "1.2 Mon 15:00" }));
}
