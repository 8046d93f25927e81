using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.CommitmentState;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

public class PausingTests
{
    private static readonly Rules Desk = Policy(resolution: Pausing("PT16H").Cushioned("PT2H"));

    [Test]
    public void By_default_resolution_and_update_stand_still_while_waiting_and_on_hold_and_responses_never()
    {
        Assert.Multiple(() =>
        {
            foreach (var kind in Enum.GetValues<CommitmentKind>())
            {
                TicketStatus[] expected = kind is Resolution or Update ? [TicketStatus.WaitingOnCustomer, TicketStatus.OnHold] : [];
                Assert.That(Term.DefaultPauses(kind), Is.EqualTo(expected), kind.ToWord());
            }
        });
    }

    [Test]
    public void While_paused_nothing_is_due_promised_or_followed_up()
    {
        var resolution = Story.Under(Desk).Status("Mon 15:00", TicketStatus.OnHold).Until("Fri 15:00").The(Resolution);
        Assert.Multiple(() =>
        {
            Assert.That(resolution.StateAt("Fri 15:00"), Is.EqualTo(Paused));
            Assert.That(resolution.Instants(), Is.EqualTo("Mon 10:00, -, -"));
            Assert.That(resolution.FollowUpAt, Is.Null);
            Assert.That(resolution.AtRisk(Days.At("Fri 15:00")), Is.False);
            Assert.That(resolution.Ledger(), Is.EqualTo(new[] { "Mon 10:00 policy: Wed 12:00 withdrawn Mon 15:00" }));
        });
    }

    [Test]
    public void Time_used_before_stays_used_and_on_resuming_both_remainders_count_on()
    {
        // Used 5 h; 11 h are left of the target, 13 h of the promise.
        var resolution = Story.Under(Desk).Status("Mon 15:00", TicketStatus.OnHold).Status("Tue 12:00", TicketStatus.Open)
            .Until("Tue 12:00").The(Resolution);
        Assert.Multiple(() =>
        {
            Assert.That(resolution.HoursUsed("Tue 12:00"), Is.EqualTo(5));
            Assert.That(resolution.Instants(), Is.EqualTo("Mon 10:00, Wed 15:00, Wed 17:00"));
            Assert.That(resolution.Ledger(),
                Is.EqualTo(new[] { "Mon 10:00 policy: Wed 12:00 withdrawn Mon 15:00", "Tue 12:00 policy: Wed 17:00 open" }));
        });
    }

    [TestCase("Fri 17:00", "Mon+1 09:00", "Mon+1 10:00")]
    [TestCase("Fri 18:00", "Sun 12:00", "Mon+1 10:00")]
    [TestCase("Fri 16:00", "Sat 12:00", "Mon+1 11:00")]
    [TestCase("Fri 16:30", "Mon+1 09:15", "Mon+1 10:45")]
    public void A_pause_costs_only_the_working_time_it_covers(string from, string to, string due) =>
        Assert.That(
            Story.Under(Policy(resolution: Pausing("PT8H")), "Fri 10:00").Status(from, TicketStatus.OnHold).Status(to, TicketStatus.Open)
                .Until(to).The(Resolution).Instants(),
            Is.EqualTo($"Fri 10:00, {due}, {due}"));

    [Test]
    public void An_instant_already_past_stays_where_it_was_while_the_other_counts_on()
    {
        var resolution = Story.Under(Policy(resolution: Pausing("PT4H").Cushioned("PT2H")))
            .Status("Mon 15:00", TicketStatus.OnHold).Status("Tue 10:00", TicketStatus.Open).Until("Tue 10:00").The(Resolution);
        Assert.That(resolution.Instants(), Is.EqualTo("Mon 10:00, Mon 14:00, Tue 11:00"));
    }

    [Test]
    public void A_clock_stopped_at_its_very_due_instant_has_nothing_left_and_stays_there()
    {
        var played = Story.Under(Policy(resolution: Pausing("PT4H")))
            .Status("Mon 14:00", TicketStatus.OnHold).Status("Mon 15:00", TicketStatus.Open).Until("Mon 15:00");
        var resolution = played.The(Resolution);
        Assert.Multiple(() =>
        {
            Assert.That(resolution.Instants(), Is.EqualTo("Mon 10:00, Mon 14:00, Mon 14:00"));
            Assert.That(Days.Text(played.Of(ChangeKind.CommitmentResumed).Single().PromisedAt), Is.EqualTo("Mon 14:00"));
            Assert.That(resolution.StateAt("Mon 15:00"), Is.EqualTo(Overdue));
            Assert.That(resolution.MetTarget("Mon 15:00"), Is.Null);
            Assert.That(resolution.MetTarget("Mon 15:30"), Is.False);
        });
    }

    [Test]
    public void What_was_stopped_at_its_promise_lapses_when_it_goes_on_and_is_recovered()
    {
        var resolution = Story.Under(Policy(resolution: Pausing("PT4H").Led("PT0S")))
            .Status("Mon 14:00", TicketStatus.OnHold).Status("Mon 15:00", TicketStatus.Open).FollowedUntil("Mon 15:00").The(Resolution);
        Assert.That(resolution.Ledger(),
            Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 broken Mon 15:00", "Mon 15:00 recovery: Mon 17:00 open" }));
    }

    [Test]
    public void A_microsecond_left_counts_on() =>
        Assert.That(
            Story.Under(Policy(resolution: Pausing("PT4H")))
                .Status("Mon 13:59:59.999999", TicketStatus.OnHold).Status("Tue 10:00", TicketStatus.Open)
                    .Until("Tue 10:00").The(Resolution).Instants(),
            Is.EqualTo("Mon 10:00, Tue 10:00:00.000001, Tue 10:00:00.000001"));

    [Test]
    public void A_lapsed_commitment_pauses_keeps_its_past_instants_and_is_overdue_again_when_it_goes_on()
    {
        var story = Story.Under(Policy(resolution: Pausing("PT4H"))).Status("Mon 15:00", TicketStatus.OnHold);
        var paused = story.Until("Tue 10:00").The(Resolution);
        var resumed = story.Status("Tue 10:00", TicketStatus.Open).Until("Tue 10:00").The(Resolution);
        Assert.Multiple(() =>
        {
            Assert.That(paused.StateAt("Tue 10:00"), Is.EqualTo(Paused), "paused outranks overdue");
            Assert.That(paused.Instants(), Is.EqualTo("Mon 10:00, -, -"));
            Assert.That(resumed.StateAt("Tue 10:00"), Is.EqualTo(Overdue));
            Assert.That(resumed.Instants(), Is.EqualTo("Mon 10:00, Mon 14:00, Mon 14:00"));
            Assert.That(resumed.Ledger(), Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 broken Mon 15:00" }));
            Assert.That(resumed.HoursUsed("Tue 10:00"), Is.EqualTo(5));
        });
    }

    [Test]
    public void A_commitment_resolved_after_a_lapse_and_a_pause_is_broken() =>
        Assert.That(
            Story.Under(Policy(resolution: Pausing("PT4H"))).Status("Mon 15:00", TicketStatus.OnHold).Status("Mon 16:00", TicketStatus.Resolved)
                .Until("Mon 16:00").The(Resolution).State,
            Is.EqualTo(Broken));

    [Test]
    public void From_one_pausing_status_to_another_the_clock_just_goes_on_standing_still()
    {
        var played = Story.Under(Desk).Status("Mon 15:00", TicketStatus.OnHold).Status("Mon 16:00", TicketStatus.WaitingOnCustomer)
            .Status("Tue 12:00", TicketStatus.Open).Until("Tue 12:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.The(Resolution).Pauses, Is.EqualTo(new[] { new Pause(Days.At("Mon 15:00"), Days.At("Tue 12:00")) }));
            Assert.That(played.Of(ChangeKind.CommitmentPaused).Count(), Is.EqualTo(1));
        });
    }

    [Test]
    public void Pauses_add_up()
    {
        // 1 h used, 2 h paused, 1 h used, 3 h paused (two of them working), then 14 h more.
        var resolution = Story.Under(Policy(resolution: Pausing("PT16H")))
            .Status("Mon 11:00", TicketStatus.OnHold).Status("Mon 13:00", TicketStatus.Open)
            .Status("Mon 14:00", TicketStatus.WaitingOnCustomer).Status("Mon 17:00", TicketStatus.Open).Until("Mon 17:00").The(Resolution);
        Assert.That(resolution.Instants(), Is.EqualTo("Mon 10:00, Wed 15:00, Wed 15:00"));
    }

    [Test]
    public void A_term_stands_still_in_the_statuses_that_it_lists_and_in_no_other()
    {
        var rules = Policy(In("PT4H") with { PausesIn = [TicketStatus.OnHold] });
        var story = Story.Under(rules).Status("Mon 11:00", TicketStatus.WaitingOnCustomer);
        Assert.That(story.Until("Mon 12:00").The(FirstResponse).State, Is.EqualTo(Running));
        story.Status("Mon 12:00", TicketStatus.OnHold);
        Assert.That(story.Until("Mon 12:00").The(FirstResponse).State, Is.EqualTo(Paused));
        Assert.That(story.Status("Mon 13:00", TicketStatus.Open).Until("Mon 13:00").The(FirstResponse).Instants(),
            Is.EqualTo("Mon 10:00, Mon 15:00, Mon 15:00"));
    }

    [Test]
    public void A_response_paused_by_its_term_can_be_given_meanwhile()
    {
        var first = Story.Under(Policy(In("PT4H") with { PausesIn = [TicketStatus.OnHold] }))
            .Status("Mon 11:00", TicketStatus.OnHold).Agent("Thu 11:00").Until("Thu 11:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.State, Is.EqualTo(Kept));
            Assert.That(first.HoursUsed("Fri 11:00"), Is.EqualTo(1));
            Assert.That(first.MetTarget("Fri 11:00"), Is.True);
        });
    }

    [Test]
    public void A_promise_that_a_pause_finds_lapsed_is_made_good_once_the_clock_goes_on()
    {
        var story = Story.Under(Policy(resolution: Pausing("PT4H"))).Status("Mon 15:00", TicketStatus.OnHold).Sweep("Mon 15:30");
        var paused = story.Until("Mon 15:30").The(Resolution);
        var resumed = story.Status("Tue 09:00", TicketStatus.Open).Until("Tue 09:00").The(Resolution);
        var recovered = story.Sweep("Tue 09:00").Sweep("Tue 09:00:01").Until("Tue 09:00:01").The(Resolution);
        Assert.Multiple(() =>
        {
            Assert.That(paused.WakeAt, Is.Null);
            Assert.That(paused.Ledger(), Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 broken Mon 15:00" }));
            Assert.That(resumed.WakeAt, Is.EqualTo(Days.At("Tue 09:00")));
            Assert.That(recovered.Ledger()[^1], Is.EqualTo("Tue 09:00 recovery: Tue 11:00 open"));
            Assert.That(recovered.Promises, Has.Length.EqualTo(2));
        });
    }

    [Test]
    public void What_a_sweep_has_made_good_past_the_cap_is_not_made_good_again_after_a_pause() =>
        Assert.That(
            Story.Under(Policy(resolution: Pausing("PT4H") with { MaxRenewals = 0 })).Sweep("Mon 14:30").Status("Mon 15:00", TicketStatus.OnHold)
                .Status("Tue 09:00", TicketStatus.Open).Until("Tue 09:00").The(Resolution).WakeAt,
            Is.Null);

    [Test]
    public void A_clock_stopped_at_the_promise_that_stands_again_goes_on_with_it_and_not_with_the_one_that_was_never_sent() =>
        Assert.That(
            Story.Under(Policy(resolution: Pausing("PT4H"))).Sweep("Mon 13:00").NotSent("Mon 13:30", Resolution)
                .Status("Mon 14:00", TicketStatus.OnHold).Status("Mon 15:00", TicketStatus.Open).Until("Mon 15:00").The(Resolution).Ledger(),
            Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 open", "Mon 13:00 followup: Mon 16:00 withdrawn Mon 13:30" }));
}
