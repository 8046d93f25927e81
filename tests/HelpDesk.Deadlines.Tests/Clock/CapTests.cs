using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>At most so many automatic renewals without a human public message in between; then the truth, and people.</summary>
public class CapTests
{
    [Test]
    public void There_are_two_renewals_unless_the_term_says_otherwise() => Assert.That(In("PT4H").MaxRenewals, Is.EqualTo(2));

    [TestCase(0, "first_response Mon 13:00: -")]
    [TestCase(1, "first_response Mon 13:00: Mon 16:00, first_response Mon 15:00: -")]
    [TestCase(2, "first_response Mon 13:00: Mon 16:00, first_response Mon 15:00: Tue 10:00, first_response Tue 09:00: -")]
    public void The_follow_up_after_the_last_renewal_makes_no_new_promise(int cap, string left) =>
        Assert.That(string.Join(", ", Story.Under(Policy(In("PT4H").Capped(cap))).FollowedUntil("Fri 17:00").Left()), Is.EqualTo(left));

    [Test]
    public void A_lapse_past_the_cap_makes_no_new_promise_either()
    {
        var played = Story.Under(Policy(In("PT4H"))).FollowedUntil("Fri 17:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.The(FirstResponse).Ledger(), Is.EqualTo(new[]
            {
                "Mon 10:00 policy: Mon 14:00 renewed Mon 13:00",
                "Mon 13:00 followup: Mon 16:00 renewed Mon 15:00",
                "Mon 15:00 followup: Tue 10:00 broken Tue 10:00:00.000001",
            }));
            Assert.That(played.Of(ChangeKind.RecoveryStarted).Single().Reason, Is.EqualTo("cap"));
            Assert.That(played.The(FirstResponse).StateAt("Fri 17:00"), Is.EqualTo(CommitmentState.Overdue));
            Assert.That(played.Clock.WakeAt, Is.Null);
        });
    }

    [Test]
    public void So_the_lapse_is_not_silent() =>
        Assert.That(
            Story.Under(Policy(In("PT4H")))
                .FollowedUntil("Fri 17:00").The(FirstResponse).Promises.Select(promise => Days.Text(promise.FollowedUpAt)),
            Is.EqualTo(new[] { "Mon 13:00", "Mon 15:00", "Tue 09:00" }));

    [TestCase(Author.Agent)]
    [TestCase(Author.Customer)]
    public void A_human_public_message_starts_the_count_anew(Author author) =>
        Assert.That(
            Story.Under(Policy(resolution: In("PT4H").Capped(1))).Message("Mon 14:00", author).FollowedUntil("Fri 17:00").Left(),
            Is.EqualTo(new[] { "resolution Mon 13:00: Mon 16:00", "resolution Mon 15:00: Tue 10:00", "resolution Tue 09:00: -" }));

    [TestCase(Author.Agent, Visibility.Internal, false)]
    [TestCase(Author.System, Visibility.Public, false)]
    [TestCase(Author.Customer, Visibility.Public, true)]
    public void No_other_message_does(Author author, Visibility visibility, bool automated) =>
        Assert.That(
            Story.Under(Policy(resolution: In("PT4H").Capped(1))).Message("Mon 14:00", author, visibility, automated)
                .FollowedUntil("Fri 17:00").Left(),
            Is.EqualTo(new[] { "resolution Mon 13:00: Mon 16:00", "resolution Mon 15:00: -" }));

    [Test]
    public void Each_commitment_has_its_own_count() =>
        Assert.That(
            Story.Under(Policy(In("PT4H").Capped(0), resolution: In("PT4H").Capped(1))).FollowedUntil("Mon 13:00").Left(),
            Is.EqualTo(new[] { "first_response Mon 13:00: -", "resolution Mon 13:00: Mon 16:00" }));

    [Test]
    public void A_withdrawn_follow_up_gives_its_renewal_back()
    {
        // Only one renewal is allowed; the withdrawn one does not use it up, so the lapse is recovered.
        var resolution = Story.Under(Policy(resolution: In("PT4H").Capped(1))).NotSent("Mon 13:30", Resolution)
            .FollowedUntil("Mon 15:00").The(Resolution);
        Assert.That(resolution.Ledger(), Is.EqualTo(new[]
        {
            "Mon 10:00 policy: Mon 14:00 broken Mon 14:00:00.000001",
            "Mon 13:00 followup: Mon 16:00 withdrawn Mon 13:30",
            "Mon 14:00:00.000001 recovery: Mon 16:00:00.000001 open",
        }));
    }

    [Test]
    public void A_withdrawn_follow_up_gives_nothing_back_that_a_human_has_reset_already()
    {
        var resolution = Story.Under(Policy(resolution: In("PT4H"))).Sweep("Mon 13:00").Customer("Mon 13:10").NotSent("Mon 13:30", Resolution)
            .Until("Mon 13:30").The(Resolution);
        Assert.Multiple(() =>
        {
            Assert.That(resolution.Renewals, Is.Zero);
            Assert.That(resolution.RenewalsSinceHuman, Is.Zero);
        });
    }
}
