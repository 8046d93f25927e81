using HelpDesk.Deadlines.Tests.Calendars;
using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>What a follow-up does.</summary>
public class FollowUpTests
{
    [Test]
    public void The_old_promise_ends_renewed_and_a_new_one_is_made_by_half_the_term()
    {
        var played = Story.Under(Policy(In("PT4H"))).FollowedUntil("Mon 13:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.Left(), Is.EqualTo(new[] { "first_response Mon 13:00: Mon 16:00" }));
            Assert.That(played.The(FirstResponse).Ledger(),
                Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 renewed Mon 13:00", "Mon 13:00 followup: Mon 16:00 open" }));
            Assert.That(played.The(FirstResponse).Renewals, Is.EqualTo(1));
        });
    }

    [Test]
    public void Nothing_leaves_before_its_instant() =>
        Assert.That(Story.Under(Policy(In("PT4H"))).FollowedUntil("Mon 12:59:59.999999").Left(), Is.Empty);

    [Test]
    public void The_term_may_say_by_how_much_it_renews() =>
        Assert.That(
            Story.Under(Policy(In("PT4H").RenewedBy("PT6H"))).FollowedUntil("Mon 13:00").Left(),
                Is.EqualTo(new[] { "first_response Mon 13:00: Tue 12:00" }));

    [TestCase("PT4H", "PT2H")]
    [TestCase("PT0.000003S", "PT0.000001S")]
    [TestCase("PT0.000001S", "PT0.000001S")]
    public void By_default_it_renews_by_half_the_term_and_never_by_nothing(string target, string renewBy) =>
        Assert.That(In(target).EffectiveRenewBy, Is.EqualTo(Sample.Span(renewBy)));

    [Test]
    public void The_new_promise_counts_from_the_old_one_however_late_the_sweep() =>
        Assert.That(
            Story.Under(Policy(In("PT4H"))).Sweep("Mon 14:00").Until("Mon 14:00").The(FirstResponse).PromisedAt,
                Is.EqualTo(Days.At("Mon 16:00")));

    [Test]
    public void An_answer_at_the_very_instant_of_the_follow_up_comes_first()
    {
        var played = Story.Under(Policy(In("PT4H"))).Agent("Mon 13:00").FollowedUntil("Tue 13:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.Left(), Is.Empty);
            Assert.That(played.The(FirstResponse).Ledger(), Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 kept Mon 13:00" }));
        });
    }

    [Test]
    public void An_automatic_message_fulfils_nothing() =>
        Assert.That(Story.Under(Policy(In("PT4H"))).FollowedUntil("Mon 13:00").The(FirstResponse).IsOpen);

    [Test]
    public void There_is_one_follow_up_per_promise_however_often_a_sweep_looks() =>
        Assert.That(
            Story.Under(Policy(In("PT4H").Capped(1))).Sweep("Mon 13:00").Sweep("Mon 13:00").Sweep("Mon 15:00").Sweep("Mon 15:00").Sweep("Mon 16:00").Until("Mon 16:00").Left(),
            Is.EqualTo(new[] { "first_response Mon 13:00: Mon 16:00", "first_response Mon 15:00: -" }));

    [Test]
    public void A_sweep_with_nothing_due_changes_nothing()
    {
        var before = Story.Under(Policy(In("PT4H"))).Until("Mon 12:00").Clock;
        var (after, changes) = before.Apply(new Swept(Days.At("Mon 12:59:59.999999"), Duration.Zero));
        Assert.Multiple(() =>
        {
            Assert.That(changes, Is.Empty);
            Assert.That(after.Commitments, Is.EqualTo(before.Commitments));
        });
    }

    [TestCase("PT4H10M", "Mon 13:00")]
    [TestCase("PT4H15M", "Mon 13:00")]
    [TestCase("PT4H15M0.000001S", "Mon 13:15:00.000001")]
    public void The_first_due_pulls_forward_the_others_of_the_ticket_within_the_gap(string target, string at)
    {
        var played = Story.Under(Policy(In("PT4H"), resolution: In(target).Led("PT1H"))).FollowedUntil("Mon 13:30");
        Assert.Multiple(() =>
        {
            Assert.That(played.The(FirstResponse).Promises[1].MadeAt, Is.EqualTo(Days.At("Mon 13:00")), "the first is never later");
            Assert.That(Days.Text(played.The(Resolution).Promises[1].MadeAt), Is.EqualTo(at));
            Assert.That(played.The(Resolution).Promises, Has.Length.EqualTo(2), "the ledger still has each");
        });
    }

    [Test]
    public void A_gap_of_nothing_pulls_nothing_forward() =>
        Assert.That(
            Story.Under(Policy(In("PT4H"), resolution: In("PT4H1M"))).FollowedUntil("Mon 13:30", Duration.Zero).Left(),
            Is.EqualTo(new[] { "first_response Mon 13:00: Mon 16:00", "resolution Mon 13:01: Mon 16:01:30" }));

    [Test]
    public void What_a_recovery_promises_is_told_by_it_and_not_followed_up_in_the_same_sweep()
    {
        // The resolution lapsed at 12:00; its recovery's promise would come up within the gap of the first response's follow-up.
        var rules = Policy(In("PT4H"), resolution: In("PT2H").RenewedBy("PT20M", maxRenewals: 9));
        var resolution = Story.Under(rules).Sweep("Mon 13:00").Until("Mon 13:00").The(Resolution);
        Assert.That(resolution.Ledger(),
            Is.EqualTo(new[] { "Mon 10:00 policy: Mon 12:00 broken Mon 13:00", "Mon 13:00 recovery: Mon 13:20 open" }));
    }

    [Test]
    public void A_follow_up_that_had_not_left_when_the_agent_answered_is_withdrawn_and_the_old_promise_judged()
    {
        var story = Story.Under(Policy(In("PT4H"))).Sweep("Mon 13:00");
        var kept = story.NotSent("Mon 14:00", FirstResponse).Agent("Mon 14:00").Until("Mon 14:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(kept.Ledger(),
                Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 kept Mon 14:00", "Mon 13:00 followup: Mon 16:00 withdrawn Mon 14:00" }));
            Assert.That(kept.State, Is.EqualTo(CommitmentState.Kept));
            Assert.That(kept.Renewals, Is.Zero);
        });
    }

    [Test]
    public void And_broken_where_the_answer_came_after_it()
    {
        var broken = Story.Under(Policy(In("PT4H"))).Sweep("Mon 13:00").NotSent("Mon 15:00", FirstResponse).Agent("Mon 15:00")
            .Until("Mon 15:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(broken.Ledger(),
                Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 broken Mon 15:00", "Mon 13:00 followup: Mon 16:00 withdrawn Mon 15:00" }));
            Assert.That(broken.State, Is.EqualTo(CommitmentState.Broken));
        });
    }

    [Test]
    public void A_follow_up_not_handed_over_by_the_old_promise_breaks_it_and_a_recovery_takes_its_place()
    {
        const string late = "Mon 14:00:00.000001";
        var played = Story.Under(Policy(In("PT4H"))).Sweep("Mon 13:00").NotSent(late, FirstResponse).Sweep(late).Until(late);
        Assert.Multiple(() =>
        {
            Assert.That(played.The(FirstResponse).Ledger(), Is.EqualTo(new[]
            {
                $"Mon 10:00 policy: Mon 14:00 broken {late}", $"Mon 13:00 followup: Mon 16:00 withdrawn {late}", $"{late} recovery: Mon 16:00:00.000001 open",
            }));
            Assert.That(played.The(FirstResponse).Renewals, Is.EqualTo(1));
        });
    }

    [Test]
    public void A_withdrawn_follow_up_is_not_made_again_for_the_promise_that_stands()
    {
        var story = Story.Under(Policy(resolution: In("PT4H"))).Sweep("Mon 13:00").NotSent("Mon 13:10", Resolution).Sweep("Mon 13:20");
        Assert.Multiple(() =>
        {
            Assert.That(story.Until("Mon 13:20").Left(), Has.Length.EqualTo(1));
            Assert.That(story.Until("Mon 13:20").Clock.WakeAt, Is.EqualTo(Days.At("Mon 14:00:00.000001")));
        });
    }

    [Test]
    public void Only_what_a_follow_up_promised_can_be_withdrawn_so() =>
        Assert.That(() => Story.Under(Policy(In("PT4H"))).NotSent("Mon 13:00", FirstResponse).Until("Mon 13:00"),
            Throws.ArgumentException.With.Message.Contains("not made by a follow-up"));

    [Test]
    public void Where_there_is_nobody_to_reach_it_is_recorded_and_nothing_new_is_promised()
    {
        var played = Story.Under(Policy(In("PT4H"))).Sweep("Mon 13:00", reachable: false).Sweep("Mon 13:05", reachable: false)
            .Sweep("Mon 14:00:00.000001", reachable: false).Until("Mon 15:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.Left(), Is.Empty);
            Assert.That(played.Of(ChangeKind.FollowUpUnreachable).Single().Reason, Is.EqualTo("unreachable"));
            Assert.That(played.Of(ChangeKind.RecoveryStarted).Single().Reason, Is.EqualTo("unreachable"));
            Assert.That(played.The(FirstResponse).Ledger(), Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 broken Mon 14:00:00.000001" }));
        });
    }

    [Test]
    public void Two_calendars_are_followed_up_each_in_its_own_hours()
    {
        var rules = Policy(In("PT2H") with { Hours = TermHours.AroundTheClock }, resolution: In("PT2H"), calendar: Sample.Office("Europe/Helsinki"));
        var played = Story.Under(rules, "Mon 14:00").Until("Mon 14:00");
        Assert.Multiple(() =>
        {
            // 16:00 in Helsinki: an hour on Monday, an hour on Tuesday (07:00-08:00 UTC).
            Assert.That(Days.Text(played.The(FirstResponse).FollowUpAt), Is.EqualTo("Mon 15:30"));
            Assert.That(Days.Text(played.The(Resolution).FollowUpAt), Is.EqualTo("Tue 07:30"));
        });
    }
}
