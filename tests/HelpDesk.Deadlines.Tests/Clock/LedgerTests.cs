using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.CommitmentState;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

public class LedgerTests
{
    [Test]
    public void The_promise_is_the_target_plus_the_cushion_in_working_time()
    {
        // 4 h from Mon 14:00 end on Tue 10:00; 4 h more on Tue 14:00.
        var first = Story.Under(Policy(In("PT4H").Cushioned("PT4H")), "Mon 14:00").Until("Mon 14:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.Instants(), Is.EqualTo("Mon 14:00, Tue 10:00, Tue 14:00"));
            Assert.That(first.Ledger(), Is.EqualTo(new[] { "Mon 14:00 policy: Tue 14:00 open" }));
        });
    }

    [Test]
    public void Without_a_cushion_the_target_is_promised() => Assert.That(In("PT4H").Cushion, Is.EqualTo(Duration.Zero));

    [Test]
    public void The_target_is_counted_apart_from_the_promise()
    {
        var first = Story.Under(Policy(In("PT4H").Cushioned("PT4H")), "Mon 14:00").Agent("Tue 12:00").Until("Tue 12:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.State, Is.EqualTo(Kept));
            Assert.That(first.MetTarget("Tue 12:00"), Is.False);
        });
    }

    [Test]
    public void A_target_can_be_met_by_a_reply_at_the_very_instant_it_is_due() =>
        Assert.That(
            Story.Under(Policy(In("PT4H").Cushioned("PT4H")), "Mon 14:00").Agent("Tue 10:00")
                .Until("Thu 12:00").The(FirstResponse).MetTarget("Thu 12:00"), Is.True);

    [Test]
    public void Each_promise_says_who_made_it_and_how_it_ended()
    {
        // Renewed at 13:00, capped at 15:00, lapsed at 16:00; a human wrote in between, so the lapse is recovered; resolved within that.
        var resolution = Story.Under(Policy(resolution: In("PT4H").Capped(1))).Agent("Mon 15:30").Status("Mon 17:00", TicketStatus.Resolved)
            .FollowedUntil("Tue 17:00").The(Resolution);
        Assert.That(resolution.Ledger(), Is.EqualTo(new[]
        {
            "Mon 10:00 policy: Mon 14:00 renewed Mon 13:00",
            "Mon 13:00 followup: Mon 16:00 broken Mon 16:00:00.000001",
            "Mon 16:00:00.000001 recovery: Tue 10:00:00.000001 kept Mon 17:00",
        }));
    }

    [Test]
    public void A_commitment_is_broken_if_any_of_its_promises_was_and_counts_once()
    {
        var played = Story.Under(Policy(resolution: In("PT4H").Capped(1))).Agent("Mon 15:30").Status("Mon 17:00", TicketStatus.Resolved)
            .FollowedUntil("Tue 17:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.The(Resolution).State, Is.EqualTo(Broken));
            Assert.That(played.Of(ChangeKind.CommitmentBroken).Count(), Is.EqualTo(1));
        });
    }

    [Test]
    public void A_commitment_whose_promises_were_all_renewed_or_kept_is_kept()
    {
        var first = Story.Under(Policy(In("PT4H"))).Agent("Mon 15:30").FollowedUntil("Tue 17:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.State, Is.EqualTo(Kept));
            Assert.That(first.Ledger(),
                Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 renewed Mon 13:00", "Mon 13:00 followup: Mon 16:00 renewed Mon 15:00", "Mon 15:00 followup: Tue 10:00 kept Mon 15:30" }));
            Assert.That(first.MetTarget("Tue 17:00"), Is.False);
        });
    }

    [Test]
    public void A_follow_up_moves_the_promise_and_leaves_the_inner_target() =>
        Assert.That(
            Story.Under(Policy(In("PT4H"))).FollowedUntil("Mon 13:00").The(FirstResponse).Instants(),
                Is.EqualTo("Mon 10:00, Mon 14:00, Mon 16:00"));

    [Test]
    public void What_was_renewed_resumes_with_what_was_left_of_the_renewed_promise()
    {
        // Promised for 16:00 since 13:00; 2 h left at 14:00.
        var resolution = Story.Under(Policy(resolution: Pausing("PT4H"))).Status("Mon 14:00", TicketStatus.OnHold).Status("Tue 12:00", TicketStatus.Open)
            .FollowedUntil("Tue 12:00").The(Resolution);
        Assert.Multiple(() =>
        {
            Assert.That(resolution.PromisedAt, Is.EqualTo(Days.At("Tue 14:00")));
            Assert.That(resolution.DueAt, Is.EqualTo(Days.At("Mon 14:00")));
        });
    }
}
