using HelpDesk.Deadlines.Tests.Calendars;
using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>The ladder climbed. Each ticket is opened on Monday at 10:00.</summary>
public class LadderTests
{
    private static LadderStep Percent(int percent, string act = "notify") => new(LadderBase.Target, percent, Duration.Zero, act, "assignee");

    private static LadderStep From(LadderBase from, string offset, string act = "notify") =>
        new(from, 0, offset[0] == '-' ? -Sample.Span(offset[1..]) : Sample.Span(offset), act, "lead");

    private static Term Climbing(string target, params LadderStep[] steps) => Pausing(target) with { Ladder = [.. steps] };

    /// <summary>"promise.step at" of each step taken, in order.</summary>
    private static string[] Taken(Played played) =>
        [.. played.Journal.Where(change => change.What == ChangeKind.LadderClimbed).Select(change => $"{change.Promise}.{change.Step} {Days.Text(change.At)}")];

    [Test]
    public void A_step_is_taken_at_its_instant_and_not_before()
    {
        var story = Story.Under(Policy(Climbing("PT8H", Percent(50))));
        Assert.That(Taken(story.FollowedUntil("Mon 13:59:59.999999")), Is.Empty);
        Assert.That(Taken(story.FollowedUntil("Mon 14:00")), Is.EqualTo(new[] { "1.1 Mon 14:00" }));
        Assert.That(Taken(story.FollowedUntil("Mon 14:30")), Is.EqualTo(new[] { "1.1 Mon 14:00" }), "once");
    }

    [Test]
    public void The_sweep_wakes_for_the_step_that_comes_next()
    {
        var story = Story.Under(Policy(Climbing("PT8H", Percent(50), Percent(75))));
        Assert.That(Days.Text(story.Until("Mon 10:00").Clock.WakeAt), Is.EqualTo("Mon 14:00"));
        Assert.That(Days.Text(story.FollowedUntil("Mon 14:00").Clock.WakeAt), Is.EqualTo("Mon 16:00"));
        Assert.That(Days.Text(story.FollowedUntil("Mon 16:00").Clock.WakeAt), Is.EqualTo("Tue 09:00"), "the follow-up");
    }

    [Test]
    public void A_step_of_the_target_is_not_taken_again_for_the_promise_of_a_follow_up_and_one_from_the_promise_is() =>
        // The promise of 14:00 is renewed at 13:00 to 16:00, and at 15:00 to 10:00 of Tuesday.
        Assert.That(
            Taken(Story.Under(Policy(Climbing("PT4H", Percent(50), Percent(125), From(LadderBase.Promise, "-PT90M")))).FollowedUntil("Mon 15:30", Duration.Zero)),
            Is.EqualTo(new[] { "1.1 Mon 12:00", "1.3 Mon 12:30", "2.3 Mon 14:30", "2.2 Mon 15:00" }));

    [Test]
    public void At_the_instant_of_the_follow_up_the_step_is_taken_for_the_promise_that_is_renewed() =>
        Assert.That(Taken(Story.Under(Policy(Climbing("PT4H", Percent(75)))).FollowedUntil("Mon 15:00")), Is.EqualTo(new[] { "1.1 Mon 13:00" }));

    [Test]
    public void Steps_from_the_lapse_run_for_each_broken_promise() =>
        // Broken at 14:00, made good with 16:30, which nobody follows up in time either.
        Assert.That(
            Taken(Story.Under(Policy(Climbing("PT4H", From(LadderBase.Lapse, "PT0S"), From(LadderBase.Lapse, "PT1H"))))
                .Sweep("Mon 14:30").Sweep("Tue 10:00").Until("Tue 10:00")),
            Is.EqualTo(new[] { "1.1 Mon 14:30", "1.2 Tue 10:00", "2.1 Tue 10:00", "2.2 Tue 10:00" }));

    [Test]
    public void A_step_at_the_lapse_is_taken_with_it_a_microsecond_after_the_promise()
    {
        var played = Story.Under(Policy(Climbing("PT4H", From(LadderBase.Lapse, "PT0S")).Capped(0))).FollowedUntil("Mon 15:00");
        Assert.That(Taken(played), Is.EqualTo(new[] { "1.1 Mon 14:00:00.000001" }));
        var lapse = played.Journal.SkipWhile(change => change.What != ChangeKind.PromiseBroken).Select(change => change.What);
        Assert.That(lapse, Is.EqualTo(new[] { ChangeKind.PromiseBroken, ChangeKind.LadderClimbed, ChangeKind.RecoveryStarted }), "the truth first, then the step, then the apology");
    }

    [Test]
    public void After_downtime_each_missed_step_is_taken_once_in_the_order_of_their_instants()
    {
        var story = Story.Under(Policy(Climbing("PT4H", From(LadderBase.Lapse, "PT30M"), Percent(150), From(LadderBase.Promise, "-PT1H"), Percent(50))))
            .Sweep("Wed 10:00");
        Assert.That(Taken(story.Until("Wed 10:00")), Is.EqualTo(new[] { "1.4 Wed 10:00", "1.3 Wed 10:00", "1.1 Wed 10:00", "1.2 Wed 10:00" }));
        Assert.That(Taken(story.Sweep("Wed 10:05").Until("Wed 10:05")), Has.Length.EqualTo(4));
    }

    [Test]
    public void Nothing_is_climbed_while_the_clock_stands_and_what_was_taken_is_not_taken_again_when_it_goes_on()
    {
        var story = Story.Under(Policy(resolution: Climbing("PT8H", Percent(25), Percent(50), From(LadderBase.Promise, "-PT5H"))))
            .Sweep("Mon 12:00").Status("Mon 12:30", TicketStatus.OnHold).Sweep("Tue 12:00").Status("Tue 12:30", TicketStatus.Open);
        Assert.That(Taken(story.Until("Tue 12:30")), Is.EqualTo(new[] { "1.1 Mon 12:00" }));
        // Two and a half hours were used: half the target at 14:00 of Tuesday; five hours before the new promise of Wednesday 10:00 is 13:00.
        Assert.That(Taken(story.FollowedUntil("Tue 15:00")), Is.EqualTo(new[] { "1.1 Mon 12:00", "2.3 Tue 13:00", "2.2 Tue 14:00" }));
    }

    [Test]
    public void A_step_that_came_up_before_a_pause_and_was_missed_is_taken_when_the_clock_goes_on() =>
        Assert.That(
            Taken(Story.Under(Policy(resolution: Climbing("PT8H", Percent(25)))).Status("Mon 13:00", TicketStatus.OnHold).Status("Tue 09:00", TicketStatus.Open)
                .Sweep("Tue 09:05").Until("Tue 09:05")),
            Is.EqualTo(new[] { "2.1 Tue 09:05" }));

    [Test]
    public void Nothing_is_climbed_once_the_matter_has_ended() =>
        Assert.That(Taken(Story.Under(Policy(Climbing("PT8H", Percent(50), From(LadderBase.Lapse, "PT1H")))).Agent("Mon 11:00").FollowedUntil("Wed 11:00")), Is.Empty);

    [Test]
    public void Past_the_cap_the_ladder_of_the_last_promise_runs_on() =>
        Assert.That(
            Taken(Story.Under(Policy(Climbing("PT4H", Percent(200), From(LadderBase.Lapse, "PT1H")).Capped(0))).FollowedUntil("Wed 14:30")),
            Is.EqualTo(new[] { "1.2 Mon 15:00", "1.1 Tue 10:00" }));

    [Test]
    public void A_follow_up_that_did_not_leave_gives_its_steps_of_the_target_to_the_promise_that_stands_again() =>
        Assert.That(
            Taken(Story.Under(Policy(Climbing("PT4H", Percent(80))))
                .Sweep("Mon 13:05").Sweep("Mon 13:12").NotSent("Mon 13:30", FirstResponse).Sweep("Mon 13:40").Until("Mon 13:40")),
            Is.EqualTo(new[] { "2.1 Mon 13:12" }));

    [Test]
    public void Another_ladder_keeps_the_steps_that_both_have_as_taken()
    {
        var (half, more) = (Percent(50), Percent(60));
        var story = Story.Under(Policy(Climbing("PT8H", half))).Sweep("Mon 14:00").Policy("Mon 14:30", Policy(Climbing("PT8H", more, half), version: 2));
        Assert.That(Taken(story.FollowedUntil("Mon 16:00")), Is.EqualTo(new[] { "1.1 Mon 14:00", "1.1 Mon 14:48" }), "the second is 60 %, first in its ladder");
    }

    [Test]
    public void What_has_lapsed_keeps_its_ladder_under_another_policy() =>
        Assert.That(
            Taken(Story.Under(Policy(Climbing("PT4H", From(LadderBase.Lapse, "PT2H")))).Sweep("Mon 14:30")
                .Policy("Mon 15:00", Policy(In("PT8H"), version: 2)).Sweep("Mon 16:00").Until("Mon 16:00")),
            Is.EqualTo(new[] { "1.1 Mon 16:00" }));

    [Test]
    public void A_callback_alerts_its_agent_half_a_lead_before_its_follow_up_once_per_promise() =>
        // Four hours: an hour's lead, so that she is written to at 13:00, and the agent is told at 12:30; renewed to 16:00.
        Assert.That(Taken(Story.Under(null).Callback("Mon 10:00", "Mon 14:00").FollowedUntil("Mon 15:00")), Is.EqualTo(new[] { "1.1 Mon 12:30", "2.1 Mon 14:30" }));

    [Test]
    public void A_callback_whose_follow_up_is_pulled_forward_alerts_its_agent_first()
    {
        var played = Story.Under(Policy(In("PT3H"))).Callback("Mon 10:00", "Mon 13:20").FollowedUntil("Mon 12:15", Duration.FromHours(1));
        var callback = played.Journal.Where(change => change.Kind == Callback && change.What is ChangeKind.LadderClimbed or ChangeKind.FollowUpSent).ToList();
        Assert.That(callback.Where(change => change.Kind == Callback).Select(change => $"{change.What} {Days.Text(change.At)}"),
            Is.EqualTo(new[] { "LadderClimbed Mon 12:05", "FollowUpSent Mon 12:15" }));
        played = Story.Under(Policy(In("PT1H"))).Callback("Mon 10:00", "Mon 13:20").FollowedUntil("Mon 10:45", Duration.FromHours(3));
        Assert.That(played.Journal.Where(change => change.Kind == Callback && change.At == Days.At("Mon 10:45")).Select(change => change.What).Take(2),
            Is.EqualTo(new[] { ChangeKind.LadderClimbed, ChangeKind.FollowUpSent }));
    }

    [Test]
    public void A_rehearsal_raises_the_priority_and_counts_anew()
    {
        var usual = Pausing("PT8H") with { Ladder = [Percent(25, LadderStep.RaisePriority)] };
        var played = Story.Under(ByPriority(Resolution, usual, Pausing("PT4H")), priority: Priority.High).FollowedUntil("Mon 12:00");
        Assert.That((played.Clock.Priority, Days.Text(played.The(Resolution).PromisedAt)), Is.EqualTo((Priority.Urgent, "Mon 14:00")));
        played = Story.Under(ByPriority(Resolution, usual, Pausing("PT4H") with { Ladder = usual.Ladder }), priority: Priority.Urgent).FollowedUntil("Mon 12:00");
        Assert.That(played.Clock.Priority, Is.EqualTo(Priority.Urgent), "urgent stays");
    }

    [Test]
    public void A_step_beyond_the_calendar_s_reach_is_none()
    {
        var once = Sample.Weekly("UTC", [], "09:00-17:00", exceptions: new() { ["2026-03-02"] = "09:00-17:00" });
        var played = Story.Under(Policy(Climbing("PT4H", Percent(50), Percent(1000), From(LadderBase.Lapse, "PT8H")).RenewedBy("PT1H"), calendar: once)).FollowedUntil("Mon 12:30");
        Assert.That(Taken(played), Is.EqualTo(new[] { "1.1 Mon 12:00" }));
    }

    [Test]
    public void The_journal_says_what_was_done()
    {
        var played = Story.Under(Policy(Climbing("PT8H", Percent(50), Percent(55, LadderStep.RaisePriority), Percent(60, "reassign")))).FollowedUntil("Mon 15:00");
        Assert.That(
            played.Journal.Where(change => change.What == ChangeKind.LadderClimbed).Select(change => (change.Step, change.Do)),
            Is.EqualTo(new[] { (1, "notify"), (2, "raise_priority"), (3, "reassign") }));
    }

    [Test]
    public void Steps_that_come_up_at_one_instant_are_taken_in_the_order_of_their_promises_and_then_of_the_ladder()
    {
        Assert.That(
            Taken(Story.Under(Policy(Climbing("PT8H", Percent(50), Percent(50, "reassign")))).FollowedUntil("Mon 14:00")),
            Is.EqualTo(new[] { "1.1 Mon 14:00", "1.2 Mon 14:00" }));
        // Broken at 14:00 and made good with 16:30, which is two and a half hours after the lapse.
        Assert.That(
            Taken(Story.Under(Policy(Climbing("PT4H", From(LadderBase.Promise, "PT0S"), From(LadderBase.Lapse, "PT2H30M"))))
                .Sweep("Mon 14:30").Sweep("Mon 16:30").Until("Mon 16:30")),
            Is.EqualTo(new[] { "1.1 Mon 14:30", "1.2 Mon 16:30", "2.1 Mon 16:30" }));
    }

    [Test]
    public void A_callback_s_alert_is_for_its_assignee()
    {
        var alert = Story.Under(null).Callback("Mon 10:00", "Mon 14:00").FollowedUntil("Mon 12:30").Of(ChangeKind.LadderClimbed).Single();
        Assert.That((alert.Do, alert.To), Is.EqualTo(("notify", "assignee")));
    }
}
