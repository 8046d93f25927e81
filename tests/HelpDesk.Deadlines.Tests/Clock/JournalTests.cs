using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>What the journal says of an event, entry by entry: the timeline and the explanation are made of it.</summary>
public class JournalTests
{
    /// <summary>The entries of an instant: "promise_made 1", with the promise's number and the reason where there are any.</summary>
    private static string[] Entries(Played played, string at) =>
    [
        .. played.Journal.Where(change => change.At == Days.At(at)).Select(change =>
            Explanation.What(change.What) + (change.Promise is { } promise ? $" {promise}" : "") + (change.Reason is { } reason ? $": {reason}" : "")),
    ];

    [Test]
    public void A_commitment_that_starts_is_noted_with_its_instants_and_then_its_promise()
    {
        var played = Story.Under(Policy(In("PT4H").Cushioned("PT1H"))).Until("Mon 10:00");
        Assert.Multiple(() =>
        {
            Assert.That(Entries(played, "Mon 10:00"), Is.EqualTo(new[] { "commitment_started", "promise_made 1" }));
            Assert.That((Days.Text(played.Journal[0].DueAt), Days.Text(played.Journal[0].PromisedAt)), Is.EqualTo(("Mon 14:00", "Mon 15:00")));
            Assert.That((Days.Text(played.Journal[1].PromisedAt), played.Journal[1].MadeBy), Is.EqualTo(("Mon 15:00", PromiseMaker.Policy)));
        });
    }

    [Test]
    public void One_that_starts_standing_still_is_noted_as_started_and_paused_and_promised_when_it_goes_on()
    {
        var played = Story.Under(Policy(resolution: Pausing("PT8H")), status: TicketStatus.OnHold).Status("Mon 12:00", TicketStatus.Open).Until("Mon 12:00");
        Assert.Multiple(() =>
        {
            Assert.That(Entries(played, "Mon 10:00"), Is.EqualTo(new[] { "commitment_started", "commitment_paused: on_hold" }));
            Assert.That(Entries(played, "Mon 12:00"), Is.EqualTo(new[] { "commitment_resumed: open", "promise_made 1: resumed" }));
        });
    }

    [TestCase("Mon 11:00", new[] { "promise_kept 1", "commitment_kept" })]
    [TestCase("Mon 15:00", new[] { "promise_broken 1", "commitment_broken" })]
    public void An_answer_is_noted_with_what_became_of_promise_and_commitment(string at, string[] entries) =>
        Assert.That(Entries(Story.Under(Policy(In("PT4H"))).Agent(at).Until(at), at), Is.EqualTo(entries));

    [TestCase("Mon 11:00", TicketStatus.Resolved, new[] { "promise_withdrawn 1: resolved", "commitment_cancelled: resolved" })]
    [TestCase("Mon 11:00", TicketStatus.Closed, new[] { "promise_withdrawn 1: closed", "commitment_cancelled: closed" })]
    [TestCase("Mon 15:00", TicketStatus.Resolved, new[] { "promise_broken 1", "commitment_broken: resolved" })]
    public void What_is_given_up_is_noted_as_cancelled_or_broken_with_the_reason(string at, TicketStatus to, string[] entries) =>
        Assert.That(Entries(Story.Under(Policy(In("PT4H"))).Status(at, to).Until(at), at), Is.EqualTo(entries));

    [Test]
    public void A_reopening_is_noted_on_the_resolution_that_was_reopened()
    {
        var played = Story.Under(Policy(resolution: In("PT4H")), message: false).Status("Mon 11:00", TicketStatus.Resolved).Customer("Mon 12:00").Until("Mon 12:00");
        Assert.Multiple(() =>
        {
            Assert.That(Entries(played, "Mon 12:00"), Is.EqualTo(new[] { "commitment_reopened", "commitment_started", "promise_made 1" }));
            Assert.That(played.Of(ChangeKind.CommitmentReopened).Single().Cycle, Is.EqualTo(1));
        });
    }

    [Test]
    public void A_follow_up_that_did_not_leave_is_noted_with_the_promise_that_stands_again() =>
        Assert.That(
            Entries(Story.Under(Policy(In("PT4H"))).Sweep("Mon 13:00").NotSent("Mon 13:30", FirstResponse).Until("Mon 13:30"), "Mon 13:30"),
            Is.EqualTo(new[] { "promise_withdrawn 2: not_sent", "promise_restored 1", "follow_up_withdrawn 1" }));

    [Test]
    public void A_follow_up_past_the_cap_says_so() =>
        Assert.That(
            Entries(Story.Under(Policy(In("PT4H").Capped(0))).FollowedUntil("Mon 13:00"), "Mon 13:00"), Is.EqualTo(new[] { "follow_up_sent 1: cap" }));

    [Test]
    public void A_target_that_moves_is_noted_though_the_promise_stands()
    {
        var played = Story.Under(Policy(In("PT4H"))).Policy("Mon 11:00", Policy(In("PT6H"), version: 2)).Until("Mon 11:00");
        Assert.Multiple(() =>
        {
            Assert.That(Entries(played, "Mon 11:00"), Is.EqualTo(new[] { "commitment_retargeted: policy" }));
            Assert.That(Days.Text(played.Of(ChangeKind.CommitmentRetargeted).Single().DueAt), Is.EqualTo("Mon 16:00"));
        });
    }

    [Test]
    public void A_promise_that_moves_is_noted_with_the_one_it_takes_the_place_of()
    {
        var played = Story.Under(Policy(In("PT4H"))).Policy("Mon 11:00", Policy(In("PT2H"), version: 2)).Until("Mon 11:00");
        Assert.Multiple(() =>
        {
            Assert.That(Entries(played, "Mon 11:00"), Is.EqualTo(new[] { "commitment_retargeted: policy", "promise_withdrawn 1: policy", "promise_made 2: policy" }));
            Assert.That(Days.Text(played.Of(ChangeKind.PromiseMade).Last().Before), Is.EqualTo("Mon 14:00"));
        });
    }

    [TestCase("PT8H", "PT0S", false, Description = "the same again")]
    [TestCase("PT10H", "PT0S", true, Description = "longer: the promise stands, the target does not")]
    [TestCase("PT4H", "PT0S", true, Description = "shorter")]
    public void While_paused_a_retargeting_is_noted_where_it_changes_something(string target, string cushion, bool noted)
    {
        var story = Story.Under(Policy(resolution: Pausing("PT8H"))).Status("Mon 11:00", TicketStatus.OnHold)
            .Policy("Mon 12:00", Policy(resolution: Pausing(target).Cushioned(cushion), version: 2));
        Assert.That(Entries(story.Until("Mon 12:00"), "Mon 12:00"), Is.EqualTo(noted ? new[] { "commitment_retargeted: policy" } : []));
    }

    [Test]
    public void While_paused_a_promise_that_loses_its_cushion_is_noted_though_the_target_is_the_same()
    {
        var story = Story.Under(Policy(resolution: Pausing("PT8H").Cushioned("PT4H"))).Status("Mon 11:00", TicketStatus.OnHold)
            .Policy("Mon 12:00", Policy(resolution: Pausing("PT8H"), version: 2));
        Assert.That(Entries(story.Until("Mon 12:00"), "Mon 12:00"), Is.EqualTo(new[] { "commitment_retargeted: policy" }));
    }

    [Test]
    public void A_version_that_changes_nothing_is_not_noted() =>
        Assert.That(Entries(Story.Under(Policy(In("PT4H"))).Policy("Mon 11:00", Policy(In("PT4H"), version: 2)).Until("Mon 11:00"), "Mon 11:00"), Is.Empty);

    [Test]
    public void A_step_from_the_lapse_does_not_have_it_made_good_once_more()
    {
        var ladder = new LadderStep(LadderBase.Lapse, 0, Duration.FromHours(1), "notify", "lead");
        var played = Story.Under(Policy(In("PT4H").Capped(0) with { Ladder = [ladder] })).FollowedUntil("Fri 17:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.Of(ChangeKind.LadderClimbed).Count(), Is.EqualTo(1));
            Assert.That(played.Of(ChangeKind.RecoveryStarted).Count(), Is.EqualTo(1));
        });
    }

    [Test]
    public void Of_two_lapses_a_recovery_makes_good_the_last()
    {
        // Broken at 14:00 and made good with 16:30, which the pause at 16:45 finds broken too.
        var played = Story.Under(Policy(resolution: Pausing("PT4H"))).Sweep("Mon 14:30").Status("Mon 16:45", TicketStatus.OnHold)
            .Status("Tue 09:00", TicketStatus.Open).Sweep("Tue 09:00").Until("Tue 09:00");
        var recovery = played.Of(ChangeKind.RecoveryStarted).Last();
        Assert.That((recovery.Promise, Days.Text(recovery.Before), Days.Text(recovery.PromisedAt)), Is.EqualTo(((int?)2, "Mon 16:30", "Tue 11:00")));
    }

    [TestCase(TicketStatus.New, "new")]
    [TestCase(TicketStatus.Open, "open")]
    [TestCase(TicketStatus.WaitingOnCustomer, "waiting_on_customer")]
    [TestCase(TicketStatus.OnHold, "on_hold")]
    [TestCase(TicketStatus.Resolved, "resolved")]
    [TestCase(TicketStatus.Closed, "closed")]
    public void A_status_is_a_reason_under_its_own_word(TicketStatus status, string word)
    {
        Assert.That(status.ToWord(), Is.EqualTo(word));
        Assert.That(ChangeReasons.All, Does.Contain(word));
    }
}
