using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.CommitmentState;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

public class FulfillingTests
{
    [Test]
    public void Responses_are_fulfilled_by_the_first_public_message_of_a_human_agent()
    {
        var played = Story.Under(Policy(In("PT2H"), In("PT2H"))).Agent("Mon 11:00").Customer("Mon 12:00").Agent("Mon 13:00").Agent("Mon 16:00").Until("Mon 17:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.The(FirstResponse).State, Is.EqualTo(Kept));
            Assert.That(Days.Text(played.The(FirstResponse).FulfilledAt), Is.EqualTo("Mon 11:00"));
            Assert.That(played.The(NextResponse).State, Is.EqualTo(Kept));
            Assert.That(Days.Text(played.The(NextResponse).FulfilledAt), Is.EqualTo("Mon 13:00"));
        });
    }

    [Test]
    public void A_system_message_an_internal_note_and_a_status_change_never_count_as_an_answer()
    {
        var first = Story.Under(Policy(In("PT2H"), update: In("PT2H")))
            .Message("Mon 10:30", Author.System).Message("Mon 10:40", Author.Agent, Visibility.Internal).Status("Mon 10:50", TicketStatus.Open)
            .Status("Mon 11:00", TicketStatus.WaitingOnCustomer).Until("Mon 11:30").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.StateAt("Mon 11:30"), Is.EqualTo(Running));
            Assert.That(first.FulfilledAt, Is.Null);
        });
    }

    [Test]
    public void An_update_is_fulfilled_by_a_public_agent_message_and_not_by_the_customers()
    {
        var story = Story.Under(Policy(update: In("PT4H"))).Agent("Mon 11:00").Customer("Mon 12:00");
        Assert.That(story.Until("Mon 12:00").The(Update).State, Is.EqualTo(Running));
        var played = story.Agent("Mon 13:00").Until("Mon 13:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.The(Update).State, Is.EqualTo(Kept));
            Assert.That(played.The(Update, 2).State, Is.EqualTo(Running));
        });
    }

    [Test]
    public void A_resolution_is_fulfilled_by_the_status_resolved_even_out_of_a_pause()
    {
        var running = Story.Under(Policy(resolution: Pausing("PT8H"))).Status("Mon 12:00", TicketStatus.Resolved)
            .Until("Mon 12:00").The(Resolution);
        var paused = Story.Under(Policy(resolution: Pausing("PT8H")))
            .Status("Mon 11:00", TicketStatus.OnHold).Status("Thu 12:00", TicketStatus.Resolved).Until("Thu 12:00").The(Resolution);
        Assert.Multiple(() =>
        {
            Assert.That(running.State, Is.EqualTo(Kept));
            Assert.That(running.Ledger(), Is.EqualTo(new[] { "Mon 10:00 policy: Tue 10:00 kept Mon 12:00" }));
            Assert.That(paused.State, Is.EqualTo(Kept));
            Assert.That(paused.HoursUsed("Fri 12:00"), Is.EqualTo(1));
            Assert.That(paused.Pauses, Is.EqualTo(new[] { new Pause(Days.At("Mon 11:00"), Days.At("Thu 12:00")) }));
        });
    }

    [Test]
    public void A_message_does_not_resolve() =>
        Assert.That(Story.Under(Policy(resolution: In("PT8H"))).Agent("Mon 12:00").Until("Mon 12:00").The(Resolution).State,
            Is.EqualTo(Running));

    [Test]
    public void Closing_without_resolving_fulfils_nothing()
    {
        var resolution = Story.Under(Policy(resolution: In("PT8H"))).Status("Mon 12:00", TicketStatus.Closed)
            .Until("Mon 12:00").The(Resolution);
        Assert.Multiple(() =>
        {
            Assert.That(resolution.State, Is.EqualTo(Cancelled));
            Assert.That(resolution.Reason, Is.EqualTo("closed"));
        });
    }

    [Test]
    public void A_callback_is_fulfilled_when_an_agent_says_so() =>
        Assert.That(Story.Under(null).Callback("Mon 11:00", "Mon 15:00").Called("Mon 14:00").Until("Mon 14:00").The(Callback).State,
            Is.EqualTo(Kept));

    [Test]
    public void A_callback_is_fulfilled_by_the_reply_that_names_it_and_by_no_other()
    {
        var played = Story.Under(null).Callback("Mon 11:00", "Mon 15:00").Callback("Mon 11:00", "Mon 16:00")
            .Agent("Mon 12:00").Agent("Mon 13:00", fulfils: 2).Until("Mon 13:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.The(Callback, 1).State, Is.EqualTo(Running));
            Assert.That(played.The(Callback, 2).State, Is.EqualTo(Kept));
        });
    }

    [TestCase(Author.Customer, Visibility.Public, false)]
    [TestCase(Author.System, Visibility.Public, false)]
    [TestCase(Author.Agent, Visibility.Internal, false)]
    [TestCase(Author.Agent, Visibility.Public, true)]
    public void Only_an_agents_own_public_message_can_fulfil_a_callback(Author author, Visibility visibility, bool automated) =>
        Assert.That(
            Story.Under(null).Callback("Mon 11:00", "Mon 15:00").Message("Mon 12:00", author, visibility, automated, fulfils: 1)
                .Until("Mon 12:00").The(Callback).State,
            Is.EqualTo(Running));

    [Test]
    public void A_callback_that_does_not_exist_or_is_over_cannot_be_fulfilled()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Story.Under(null).Called("Mon 11:00", cycle: 3).Until("Mon 11:00"), Throws.ArgumentException.With.Message.Contains("no open callback of cycle 3"));
            Assert.That(
                () => Story.Under(null).Callback("Mon 11:00", "Mon 15:00").Called("Mon 12:00").Called("Mon 13:00")
                    .Until("Mon 13:00"), Throws.ArgumentException);
        });
    }

    [TestCase(TicketStatus.Resolved, "resolved")]
    [TestCase(TicketStatus.Closed, "closed")]
    public void Resolving_or_closing_cancels_open_responses_updates_and_callbacks(TicketStatus to, string reason)
    {
        var played = Story.Under(Policy(next: In("PT8H"), update: In("PT8H")), message: false)
            .Agent("Mon 11:00").Customer("Mon 12:00").Callback("Mon 12:00", "Tue 12:00").Status("Mon 13:00", to).Until("Wed 13:00");
        Assert.Multiple(() =>
        {
            foreach (var kind in new[] { NextResponse, Update, Callback })
            {
                var commitment = played.The(kind);
                Assert.That(commitment.StateAt("Wed 13:00"), Is.EqualTo(Cancelled), kind.ToWord());
                Assert.That(commitment.Reason, Is.EqualTo(reason), kind.ToWord());
                Assert.That(commitment.Promises[0].Outcome, Is.EqualTo(PromiseOutcome.Withdrawn), kind.ToWord());
                Assert.That(commitment.FulfilledAt, Is.Null, kind.ToWord());
                Assert.That(commitment.MetTarget("Wed 13:00"), Is.Null, kind.ToWord());
            }
        });
    }

    [Test]
    public void What_had_lapsed_by_then_is_broken()
    {
        var first = Story.Under(Policy(In("PT2H"))).Status("Mon 13:00", TicketStatus.Resolved).Until("Mon 13:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.State, Is.EqualTo(Broken));
            Assert.That(first.Reason, Is.EqualTo("resolved"));
            Assert.That(first.Ledger(), Is.EqualTo(new[] { "Mon 10:00 policy: Mon 12:00 broken Mon 13:00" }));
            Assert.That(first.MetTarget("Mon 13:00"), Is.False);
        });
    }

    [TestCase("Mon 12:00", true)]
    [TestCase("Mon 12:00:00.000001", false)]
    public void A_promise_met_at_its_very_instant_is_kept_and_a_microsecond_later_broken(string reply, bool kept)
    {
        var first = Story.Under(Policy(In("PT2H"))).Agent(reply).Until("Tue 12:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.State, Is.EqualTo(kept ? Kept : Broken));
            Assert.That(first.Promises[0].Outcome, Is.EqualTo(kept ? PromiseOutcome.Kept : PromiseOutcome.Broken));
            Assert.That(first.MetTarget("Tue 12:00"), Is.EqualTo(kept));
            Assert.That(Days.Text(first.FulfilledAt), Is.EqualTo(reply));
        });
    }

    [Test]
    public void A_message_that_carries_a_status_counts_before_its_status()
    {
        var resolved = Story.Under(Policy(In("PT2H"), update: In("PT4H"))).Agent("Mon 11:00").Status("Mon 11:00", TicketStatus.Resolved)
            .Until("Mon 11:00");
        var waiting = Story.Under(Policy(In("PT2H"), update: Pausing("PT4H")))
            .Agent("Mon 11:00").Status("Mon 11:00", TicketStatus.WaitingOnCustomer).Until("Mon 11:00");
        Assert.Multiple(() =>
        {
            Assert.That(resolved.The(FirstResponse).State, Is.EqualTo(Kept));
            Assert.That(resolved.The(Update).State, Is.EqualTo(Cancelled));
            Assert.That(waiting.The(FirstResponse).State, Is.EqualTo(Kept));
            Assert.That(waiting.The(Update).State, Is.EqualTo(Paused));
        });
    }

    [Test]
    public void An_agents_answer_takes_a_ticket_out_of_new() =>
        Assert.That(Story.Under(null).Agent("Mon 11:00").Until("Mon 11:00").Clock.Status, Is.EqualTo(TicketStatus.Open));

    [TestCase(TicketStatus.WaitingOnCustomer)]
    [TestCase(TicketStatus.OnHold)]
    [TestCase(TicketStatus.Resolved)]
    [TestCase(TicketStatus.Closed)]
    public void And_leaves_it_in_any_other_status(TicketStatus status) =>
        Assert.That(Story.Under(null).Status("Mon 10:30", status).Agent("Mon 11:00").Until("Mon 11:00").Clock.Status, Is.EqualTo(status));
}
