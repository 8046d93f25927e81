using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.CommitmentState;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

public class LapseTests
{
    // Capped at 15:00 without a new promise; the agent writes at 15:30, so the lapse at 16:00 may promise again.
    private static Story Recovered(int cap = 1) => Story.Under(Policy(resolution: In("PT4H").Capped(cap))).Agent("Mon 15:30");

    [Test]
    public void A_lapse_is_played_one_microsecond_after_its_promise()
    {
        var story = Story.Under(Policy(In("PT4H").Capped(0)));
        Assert.Multiple(() =>
        {
            Assert.That(story.FollowedUntil("Mon 14:00").The(FirstResponse).Promises[0].Outcome, Is.EqualTo(PromiseOutcome.Open));
            var lapsed = story.FollowedUntil("Mon 14:00:00.000001").The(FirstResponse);
            Assert.That(lapsed.Promises[0].Outcome, Is.EqualTo(PromiseOutcome.Broken));
            Assert.That(Days.Text(lapsed.LapsedAt), Is.EqualTo("Mon 14:00:00.000001"));
        });
    }

    [Test]
    public void An_answer_at_the_promised_instant_keeps_it_though_a_sweep_is_played() =>
        Assert.That(Story.Under(Policy(In("PT4H").Capped(0))).Agent("Mon 14:00").FollowedUntil("Tue 14:00").The(FirstResponse).State,
            Is.EqualTo(Kept));

    [Test]
    public void A_lapse_breaks_the_promise_and_makes_a_new_one_by_the_renewal_from_now()
    {
        var resolution = Recovered().FollowedUntil("Mon 17:00").The(Resolution);
        Assert.Multiple(() =>
        {
            Assert.That(resolution.Ledger()[^1], Is.EqualTo("Mon 16:00:00.000001 recovery: Tue 10:00:00.000001 open"));
            Assert.That(resolution.StateAt("Mon 17:00"), Is.EqualTo(Overdue));
            Assert.That(resolution.DueAt, Is.EqualTo(Days.At("Mon 14:00")));
        });
    }

    [Test]
    public void The_recoverys_promise_is_followed_up_like_any_other_and_counts_towards_the_cap()
    {
        var played = Recovered().FollowedUntil("Fri 17:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.Left()[^1], Is.EqualTo("resolution Tue 09:00:00.000001: -"));
            Assert.That(played.The(Resolution).Renewals, Is.EqualTo(2));
            Assert.That(played.The(Resolution).Ledger()[^1],
                Is.EqualTo("Mon 16:00:00.000001 recovery: Tue 10:00:00.000001 broken Tue 10:00:00.000002"));
        });
    }

    [Test]
    public void After_downtime_what_lapsed_is_broken_first_and_recovered_never_followed_up()
    {
        var played = Story.Under(Policy(In("PT4H"))).Sweep("Mon 14:30").Until("Mon 14:30");
        Assert.Multiple(() =>
        {
            Assert.That(played.Left(), Is.Empty);
            Assert.That(played.The(FirstResponse).Ledger(),
                Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 broken Mon 14:30", "Mon 14:30 recovery: Mon 16:30 open" }));
        });
    }

    [Test]
    public void Downtime_over_many_instants_breaks_a_promise_once()
    {
        var played = Story.Under(Policy(In("PT4H"))).Sweep("Fri 10:00").Until("Fri 10:00");
        Assert.That(played.The(FirstResponse).Ledger(),
            Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 broken Fri 10:00", "Fri 10:00 recovery: Fri 12:00 open" }));
    }

    [Test]
    public void An_answer_within_the_recoverys_promise_keeps_that_one_and_the_commitment_stays_broken()
    {
        var first = Story.Under(Policy(In("PT4H"))).Sweep("Mon 14:30").Agent("Mon 15:00").Until("Mon 15:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.Ledger()[^1], Is.EqualTo("Mon 14:30 recovery: Mon 16:30 kept Mon 15:00"));
            Assert.That(first.State, Is.EqualTo(Broken));
        });
    }

    [Test]
    public void A_lapse_that_nobody_swept_is_still_found_by_whatever_comes_next()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                Story.Under(Policy(In("PT4H"))).Agent("Mon 15:00").Until("Mon 15:00").The(FirstResponse).Ledger(),
                Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 broken Mon 15:00" }));
            Assert.That(
                Story.Under(Policy(In("PT4H"))).Status("Mon 15:00", TicketStatus.Closed).Until("Mon 15:00").The(FirstResponse).State,
                    Is.EqualTo(Broken));
        });
    }

    [Test]
    public void A_lapsed_callback_is_recovered_around_the_clock() =>
        // 4 h promised, so half of that, through the evening.
        Assert.That(
            Story.Under(null).Callback("Mon 15:00", "Mon 19:00").Sweep("Mon 20:00").Until("Mon 20:00").The(Callback).Ledger()[^1],
            Is.EqualTo("Mon 20:00 recovery: Mon 22:00 open"));

    [Test]
    public void Without_following_the_clocks_only_run_and_nothing_is_recovered()
    {
        var played = Story.Under(Policy(In("PT4H"))).Until("Fri 17:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.The(FirstResponse).StateAt("Fri 17:00"), Is.EqualTo(Overdue));
            Assert.That(played.The(FirstResponse).Ledger(), Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 open" }));
        });
    }

    [Test]
    public void It_lapsed_when_the_first_of_its_promises_did() =>
        Assert.That(
            Days.Text(Story.Under(Policy(In("PT4H"))).Sweep("Mon 14:30").Sweep("Tue 10:00").Until("Tue 10:00").The(FirstResponse).LapsedAt),
            Is.EqualTo("Mon 14:30"));
}
