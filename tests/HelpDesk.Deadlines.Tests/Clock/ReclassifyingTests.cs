using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.CommitmentState;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

public class ReclassifyingTests
{
    private static readonly Rules Desk = ByPriority(FirstResponse, In("PT8H"), urgent: In("PT4H"));

    [Test]
    public void What_becomes_due_earlier_is_promised_earlier_and_told_so()
    {
        var first = Story.Under(Desk).Priority("Mon 11:00", Priority.Urgent).Until("Mon 11:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.Instants(), Is.EqualTo("Mon 10:00, Mon 14:00, Mon 14:00"));
            Assert.That(first.Ledger(),
                Is.EqualTo(new[] { "Mon 10:00 policy: Tue 10:00 withdrawn Mon 11:00", "Mon 11:00 policy: Mon 14:00 open" }));
            Assert.That(first.Promises[1].Reason, Is.EqualTo("priority"));
            Assert.That(Days.Text(first.FollowUpAt), Is.EqualTo("Mon 13:00"));
            Assert.That(first.Renewals, Is.Zero);
        });
    }

    [Test]
    public void What_becomes_due_later_keeps_its_promise()
    {
        var first = Story.Under(Desk, priority: Priority.Urgent).Priority("Mon 11:00", Priority.Normal)
            .Until("Mon 11:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.Instants(), Is.EqualTo("Mon 10:00, Tue 10:00, Mon 14:00"));
            Assert.That(first.Ledger(), Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 open" }));
        });
    }

    [Test]
    public void Back_and_forth_the_promise_stays_at_the_earliest_that_was_told() =>
        Assert.That(
            Story.Under(Desk).Priority("Mon 11:00", Priority.Urgent).Priority("Mon 12:00", Priority.High)
                .Until("Mon 12:00").The(FirstResponse).Instants(),
            Is.EqualTo("Mon 10:00, Tue 10:00, Mon 14:00"));

    [Test]
    public void The_new_term_is_counted_from_the_same_start_less_paused_working_time() =>
        Assert.That(
            Story.Under(ByPriority(Resolution, Pausing("PT16H"), Pausing("PT8H")))
                .Status("Mon 11:00", TicketStatus.OnHold).Status("Mon 13:00", TicketStatus.Open).Priority("Mon 14:00", Priority.Urgent)
                .Until("Mon 14:00").The(Resolution).Instants(),
            Is.EqualTo("Mon 10:00, Tue 12:00, Tue 12:00"));

    [TestCase("Mon 14:00", Description = "to this very instant")]
    [TestCase("Mon 16:00", Description = "into the past")]
    public void A_promise_is_never_moved_to_an_instant_that_is_not_ahead(string at)
    {
        var first = Story.Under(Desk).Priority(at, Priority.Urgent).Until(at).The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.Instants(), Is.EqualTo("Mon 10:00, Mon 14:00, Tue 10:00"));
            Assert.That(first.StateAt(at), Is.EqualTo(Running));
            Assert.That(first.Ledger(), Is.EqualTo(new[] { "Mon 10:00 policy: Tue 10:00 open" }));
            Assert.That(first.MetTarget("Mon 16:00:00.000001"), Is.False);
        });
    }

    [Test]
    public void A_promise_can_move_where_only_the_inner_target_is_past() =>
        Assert.That(
            Story.Under(ByPriority(FirstResponse, In("PT8H"), In("PT2H").Cushioned("PT2H"))).Priority("Mon 13:00", Priority.Urgent)
                .Until("Mon 13:00").The(FirstResponse).Instants(),
            Is.EqualTo("Mon 10:00, Mon 12:00, Mon 14:00"));

    [Test]
    public void A_promise_that_was_ever_renewed_is_not_moved()
    {
        var first = Story.Under(ByPriority(FirstResponse, In("PT4H"), In("PT5H"))).Priority("Mon 13:30", Priority.Urgent)
            .FollowedUntil("Mon 13:30").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.Instants(), Is.EqualTo("Mon 10:00, Mon 15:00, Mon 16:00"));
            Assert.That(first.Ledger(),
                Is.EqualTo(new[] { "Mon 10:00 policy: Mon 14:00 renewed Mon 13:00", "Mon 13:00 followup: Mon 16:00 open" }));
        });
    }

    [TestCase("PT8H", "Mon 10:00, Tue 15:00, Tue 15:00", Description = "shorter: 3 h left of both")]
    [TestCase("PT24H", "Mon 10:00, Thu 15:00, Wed 15:00", Description = "longer: 19 h left, and the 11 h that were promised")]
    [TestCase("PT4H", "Mon 10:00, Mon 14:00, Wed 15:00", Description = "used up already: the promise stands")]
    [TestCase("PT5H", "Mon 10:00, Mon 15:00, Wed 15:00", Description = "used up just now: likewise")]
    public void A_paused_commitment_is_retargeted_for_when_it_goes_on(string urgent, string instants)
    {
        var story = Story.Under(ByPriority(Resolution, Pausing("PT16H"), Pausing(urgent)))
            .Status("Mon 15:00", TicketStatus.OnHold).Priority("Mon 16:00", Priority.Urgent);
        Assert.That(story.Until("Mon 16:00").The(Resolution).Instants(), Is.EqualTo("Mon 10:00, -, -"));
        Assert.That(story.Status("Tue 12:00", TicketStatus.Open).Until("Tue 12:00").The(Resolution).Instants(), Is.EqualTo(instants));
    }

    [Test]
    public void A_renewed_promise_is_not_moved_while_paused_either()
    {
        // Promised for Mon 16:00 since 13:00: 2.5 h left at 13:30, though by the new term only 1.5 h.
        var resolution = Story.Under(ByPriority(Resolution, Pausing("PT4H"), Pausing("PT5H")))
            .Status("Mon 13:30", TicketStatus.OnHold).Priority("Mon 13:40", Priority.Urgent).Status("Tue 10:00", TicketStatus.Open)
            .FollowedUntil("Tue 10:00").The(Resolution);
        Assert.That(resolution.Instants(), Is.EqualTo("Mon 10:00, Tue 11:30, Tue 12:30"));
    }

    [Test]
    public void A_commitment_that_started_standing_still_has_told_nothing_that_could_stand() =>
        Assert.That(
            Story.Under(ByPriority(Resolution, Pausing("PT8H"), Pausing("PT16H")), status: TicketStatus.OnHold)
                .Priority("Mon 11:00", Priority.Urgent).Status("Mon 12:00", TicketStatus.Open)
                    .Until("Mon 12:00").The(Resolution).Instants(),
            Is.EqualTo("Mon 10:00, Wed 12:00, Wed 12:00"));

    [Test]
    public void A_kind_that_the_new_policy_has_no_term_for_is_cancelled()
    {
        var played = Story.Under(Policy(In("PT8H"), resolution: Pausing("PT16H"))).Status("Mon 11:00", TicketStatus.OnHold)
            .Policy("Mon 12:00", Policy(version: 2)).Until("Mon 12:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.The(FirstResponse).State, Is.EqualTo(Cancelled));
            Assert.That(played.The(FirstResponse).Reason, Is.EqualTo("policy"));
            Assert.That(played.The(FirstResponse).Ledger(), Is.EqualTo(new[] { "Mon 10:00 policy: Tue 10:00 withdrawn Mon 12:00" }));
            Assert.That(played.The(Resolution).State, Is.EqualTo(Cancelled));
        });
    }

    [Test]
    public void Where_no_policy_matches_any_more_all_but_callbacks_are_cancelled()
    {
        var played = Story.Under(Desk).Callback("Mon 10:30", "Tue 10:00").Policy("Mon 11:00", null).Until("Mon 11:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.The(FirstResponse).State, Is.EqualTo(Cancelled));
            Assert.That(played.The(Callback).State, Is.EqualTo(Running));
        });
    }

    [Test]
    public void Nothing_already_lapsed_is_rewritten()
    {
        var story = Story.Under(ByPriority(FirstResponse, In("PT2H"), In("PT8H"))).Priority("Mon 13:00", Priority.Urgent);
        Assert.That(story.Until("Mon 13:00").The(FirstResponse).Instants(), Is.EqualTo("Mon 10:00, Mon 12:00, Mon 12:00"));
        story.Policy("Mon 14:00", null);
        Assert.That(story.Until("Mon 14:00").The(FirstResponse).StateAt("Mon 14:00"), Is.EqualTo(Overdue));
        Assert.That(story.Agent("Mon 15:00").Until("Mon 15:00").The(FirstResponse).State, Is.EqualTo(Broken));
    }

    [Test]
    public void Nothing_recovered_or_paused_after_a_lapse_is_rewritten_either()
    {
        var rules = ByPriority(Resolution, Pausing("PT2H"), Pausing("PT8H"));
        var recovered = Story.Under(rules).Sweep("Mon 13:00").Priority("Mon 13:30", Priority.Urgent).Until("Mon 13:30").The(Resolution);
        var paused = Story.Under(rules).Status("Mon 13:00", TicketStatus.OnHold).Priority("Mon 14:00", Priority.Urgent)
            .Status("Mon 15:00", TicketStatus.Open).Until("Mon 15:00").The(Resolution);
        Assert.Multiple(() =>
        {
            Assert.That(recovered.Instants(), Is.EqualTo("Mon 10:00, Mon 12:00, Mon 14:00"));
            Assert.That(paused.Instants(), Is.EqualTo("Mon 10:00, Mon 12:00, Mon 12:00"));
        });
    }

    [Test]
    public void Nothing_already_met_is_rewritten()
    {
        var first = Story.Under(Desk).Agent("Mon 11:00").Priority("Mon 12:00", Priority.Urgent).Policy("Mon 13:00", null)
            .Until("Mon 13:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.State, Is.EqualTo(Kept));
            Assert.That(first.Instants(), Is.EqualTo("Mon 10:00, Tue 10:00, Tue 10:00"));
        });
    }

    [Test]
    public void A_term_that_pauses_in_the_tickets_status_stops_the_clock_and_one_that_does_not_starts_it()
    {
        var story = Story.Under(ByPriority(Resolution, In("PT8H"), Pausing("PT8H"))).Status("Mon 11:00", TicketStatus.OnHold).Priority("Mon 12:00", Priority.Urgent);
        Assert.That(story.Until("Mon 12:00").The(Resolution).State, Is.EqualTo(Paused));
        Assert.That(story.Priority("Mon 14:00", Priority.Low).Until("Mon 14:00").The(Resolution).Instants(),
            Is.EqualTo("Mon 10:00, Tue 12:00, Tue 12:00"));
    }

    [Test]
    public void A_follow_up_that_has_left_stays_when_it_was() =>
        Assert.That(
            Days.Text(Story.Under(ByPriority(FirstResponse, In("PT4H").Capped(0), In("PT4H").Led("PT2H"))).Priority("Mon 13:30", Priority.Urgent)
                .FollowedUntil("Mon 13:30").The(FirstResponse).FollowUpAt),
            Is.EqualTo("Mon 13:00"));

    [Test]
    public void A_new_lead_moves_the_follow_up_of_a_promise_that_stands() =>
        Assert.That(
            Days.Text(Story.Under(ByPriority(FirstResponse, In("PT4H"), In("PT4H").Led("PT2H"))).Priority("Mon 11:00", Priority.Urgent)
                .Until("Mon 11:00").The(FirstResponse).FollowUpAt),
            Is.EqualTo("Mon 12:00"));
}
