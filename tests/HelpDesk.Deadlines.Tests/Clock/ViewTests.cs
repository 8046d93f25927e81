using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.CommitmentState;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>How a commitment looks as of an instant.</summary>
public class ViewTests
{
    private static readonly Rules Desk = Policy(In("PT4H"));

    [TestCase("Mon 10:00", Running)]
    [TestCase("Mon 14:00", Running)]
    [TestCase("Mon 14:00:00.000001", Overdue)]
    [TestCase("Fri 14:00", Overdue)]
    public void It_is_overdue_once_the_promise_has_lapsed_and_it_is_still_owed(string asOf, CommitmentState state) =>
        Assert.That(Story.Under(Desk).Until(asOf).The(FirstResponse).StateAt(asOf), Is.EqualTo(state));

    [TestCase("Mon 13:00", false)]
    [TestCase("Mon 13:00:00.000001", true)]
    [TestCase("Mon 15:00", true)]
    public void It_is_at_risk_once_the_instant_of_its_follow_up_is_past(string asOf, bool atRisk) =>
        Assert.That(Story.Under(Desk).Until(asOf).The(FirstResponse).AtRisk(Days.At(asOf)), Is.EqualTo(atRisk));

    [Test]
    public void A_follow_up_with_a_new_promise_takes_it_out_of_risk_and_one_without_does_not()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Story.Under(Desk).FollowedUntil("Mon 13:30").The(FirstResponse).AtRisk(Days.At("Mon 13:30")), Is.False);
            Assert.That(Story.Under(Policy(In("PT4H").Capped(0)))
                .FollowedUntil("Mon 13:30").The(FirstResponse).AtRisk(Days.At("Mon 13:30")), Is.True);
        });
    }

    [Test]
    public void What_has_ended_is_never_at_risk_and_has_no_follow_up()
    {
        var first = Story.Under(Desk).Agent("Mon 13:30").Until("Mon 13:30").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.AtRisk(Days.At("Tue 13:30")), Is.False);
            Assert.That(first.FollowUpAt, Is.Null);
            Assert.That(first.WakeAt, Is.Null);
        });
    }

    [TestCase("Mon 13:59:59.999999", null)]
    [TestCase("Mon 14:00", null)]
    [TestCase("Mon 14:00:00.000001", false)]
    public void While_owed_the_target_is_open_until_more_than_it_is_used(string asOf, bool? met) =>
        Assert.That(Story.Under(Desk).Until(asOf).The(FirstResponse).MetTarget(asOf), Is.EqualTo(met));

    [Test]
    public void What_was_cancelled_inside_its_target_neither_met_nor_missed_it_and_outside_it_missed()
    {
        var rules = Policy(In("PT4H").Cushioned("PT4H"));
        Assert.Multiple(() =>
        {
            Assert.That(Story.Under(rules).Status("Mon 13:00", TicketStatus.Closed)
                .Until("Mon 13:00").The(FirstResponse).MetTarget("Fri 13:00"), Is.Null);
            var outside = Story.Under(rules).Status("Mon 15:00", TicketStatus.Closed).Until("Mon 15:00").The(FirstResponse);
            Assert.That(outside.State, Is.EqualTo(Cancelled));
            Assert.That(outside.MetTarget("Fri 13:00"), Is.False);
        });
    }

    [Test]
    public void Used_time_is_working_time_since_the_start_less_pauses_and_is_frozen_at_the_end()
    {
        var story = Story.Under(Policy(resolution: Pausing("PT40H"))).Status("Mon 12:00", TicketStatus.OnHold).Status("Tue 12:00", TicketStatus.Open);
        Assert.Multiple(() =>
        {
            Assert.That(story.Until("Tue 12:00").The(Resolution).HoursUsed("Wed 12:00"), Is.EqualTo(2 + 8));
            Assert.That(story.Status("Tue 14:00", TicketStatus.Resolved).Until("Tue 14:00").The(Resolution).HoursUsed("Fri 12:00"),
                Is.EqualTo(2 + 2));
        });
    }

    [Test]
    public void The_ticket_wakes_for_the_first_of_its_follow_ups_then_for_the_lapse()
    {
        var rules = Policy(In("PT4H").Capped(0), resolution: In("PT16H"));
        Assert.Multiple(() =>
        {
            Assert.That(Days.Text(Story.Under(rules).Until("Mon 10:00").Clock.WakeAt), Is.EqualTo("Mon 13:00"));
            Assert.That(Days.Text(Story.Under(rules).FollowedUntil("Mon 13:00").Clock.WakeAt), Is.EqualTo("Mon 14:00:00.000001"));
            Assert.That(Days.Text(Story.Under(rules).FollowedUntil("Mon 15:00").Clock.WakeAt), Is.EqualTo("Wed 09:00"));
        });
    }

    [Test]
    public void A_history_is_played_in_order_of_time_up_to_an_instant_that_is_not_before_it()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Story.Under(Desk).Agent("Mon 12:00").Customer("Mon 11:00").Until("Mon 13:00"), Throws.ArgumentException.With.Message.Contains("in order of time"));
            Assert.That(() => Story.Under(Desk).Agent("Mon 12:00").Until("Mon 11:00"), Throws.ArgumentException.With.Message.Contains("before the last event"));
            Assert.That(() => Story.Under(Desk).Agent("Mon 09:00").Until("Mon 11:00"), Throws.ArgumentException);
        });
    }

    [Test]
    public void A_ticket_is_not_opened_twice() =>
        Assert.That(
            () => Story.Under(Desk).Until("Mon 10:00").Clock.Apply(new TicketOpened(Days.At("Mon 11:00"), Author.Customer, TicketStatus.New, Priority.Normal)),
            Throws.ArgumentException.With.Message.Contains("TicketOpened"));
}
