using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.CommitmentState;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

public class MergingTests
{
    private static readonly Rules Slow = Policy(In("PT8H"), In("PT8H"), Pausing("PT8H"), Pausing("PT40H"));
    private static readonly Rules Fast = Policy(In("PT1H"), In("PT1H"), Pausing("PT1H"), Pausing("PT4H"), version: 7);

    private static (Played Into, Played From, IReadOnlyList<MovedCommitment> Moved) Merge(Story into, Story from, string at)
    {
        var (one, two, instant) = (into.Until(at), from.Until(at), Days.At(at));
        var merged = TicketMerge.Merge(one.Clock, two.Clock, instant);
        return (new Played(merged.Into.Clock, merged.Into.Changes), new Played(merged.From.Clock, merged.From.Changes), merged.Moved);
    }

    [Test]
    public void The_earliest_open_promise_survives_with_its_start_policy_version_and_ledger()
    {
        // Promised Tue 10:00 here, Mon 13:00 there.
        var (into, from, moved) = Merge(Story.Under(Slow), Story.Under(Fast, "Mon 12:00"), "Mon 12:30");
        var survivor = into.The(FirstResponse, 2);
        Assert.Multiple(() =>
        {
            Assert.That(survivor.Instants(), Is.EqualTo("Mon 12:00, Mon 13:00, Mon 13:00"));
            Assert.That(survivor.Rules!.PolicyVersion, Is.EqualTo(7));
            Assert.That(survivor.Ledger(), Is.EqualTo(new[] { "Mon 12:00 policy: Mon 13:00 open" }));
            Assert.That(into.The(FirstResponse, 1).State, Is.EqualTo(Cancelled));
            Assert.That(into.The(FirstResponse, 1).Reason, Is.EqualTo("merged"));
            Assert.That(into.The(FirstResponse, 1).Ledger(), Is.EqualTo(new[] { "Mon 10:00 policy: Tue 10:00 withdrawn Mon 12:30" }));
            Assert.That(from.Kinds(), Is.Empty);
            Assert.That(moved, Does.Contain(new MovedCommitment(FirstResponse, 1, FirstResponse, 2)));
        });
    }

    [Test]
    public void Where_ours_is_promised_earlier_the_incoming_one_is_cancelled()
    {
        var (into, from, moved) = Merge(Story.Under(Fast), Story.Under(Slow, "Mon 10:10"), "Mon 10:30");
        Assert.Multiple(() =>
        {
            Assert.That(into.Kinds(), Is.EqualTo(new[] { "first_response 1", "resolution 1" }));
            Assert.That(into.The(FirstResponse).IsOpen);
            Assert.That(from.The(FirstResponse).State, Is.EqualTo(Cancelled));
            Assert.That(from.The(FirstResponse).Reason, Is.EqualTo("merged"));
            Assert.That(moved, Is.Empty);
        });
    }

    [Test]
    public void Of_two_equal_promises_ours_survives() =>
        Assert.That(Merge(Story.Under(Slow), Story.Under(Slow), "Mon 11:00").Moved, Is.Empty);

    [Test]
    public void Each_kind_is_decided_by_itself()
    {
        var (into, _, _) = Merge(
            Story.Under(Policy(In("PT1H"), resolution: In("PT40H"))), Story.Under(Policy(In("PT8H"), resolution: In("PT4H"), version: 7)), "Mon 10:30");
        Assert.Multiple(() =>
        {
            Assert.That(into.The(FirstResponse).Rules!.PolicyVersion, Is.EqualTo(1));
            Assert.That(into.The(Resolution, 2).Rules!.PolicyVersion, Is.EqualTo(7));
        });
    }

    [Test]
    public void What_we_do_not_owe_ourselves_comes_over() =>
        Assert.That(Merge(Story.Under(null), Story.Under(Slow), "Mon 11:00").Into.Kinds(),
            Is.EqualTo(new[] { "first_response 1", "resolution 1" }));

    [Test]
    public void A_first_response_that_comes_to_an_answered_ticket_goes_on_as_a_next_response()
    {
        var (into, _, moved) = Merge(Story.Under(Slow).Agent("Mon 10:30"), Story.Under(Fast, "Mon 11:00"), "Mon 11:30");
        Assert.Multiple(() =>
        {
            Assert.That(into.The(NextResponse).Instants(), Is.EqualTo("Mon 11:00, Mon 12:00, Mon 12:00"));
            Assert.That(moved[0], Is.EqualTo(new MovedCommitment(FirstResponse, 1, NextResponse, 1)));
            Assert.That(into.The(FirstResponse).State, Is.EqualTo(Kept));
        });
    }

    [Test]
    public void Where_the_first_response_here_was_cancelled_unanswered_it_stays_a_first_response() =>
        Assert.That(
            Merge(Story.Under(Slow).Policy("Mon 10:30", null), Story.Under(Fast, "Mon 11:00"), "Mon 11:30").Into.The(FirstResponse, 2).IsOpen);

    [Test]
    public void And_there_it_competes_with_the_next_response_that_is_owed()
    {
        var ours = Story.Under(Fast).Agent("Mon 10:30").Customer("Mon 11:00");
        var (into, from, _) = Merge(ours, Story.Under(Slow, "Mon 11:00"), "Mon 11:30");
        Assert.Multiple(() =>
        {
            Assert.That(into.The(NextResponse).Instants(), Is.EqualTo("Mon 11:00, Mon 12:00, Mon 12:00"));
            Assert.That(into.Kinds(), Does.Not.Contain("next_response 2"));
            Assert.That(from.The(FirstResponse).Reason, Is.EqualTo("merged"));
        });
    }

    [Test]
    public void The_next_answer_keeps_what_came_over()
    {
        var (into, _, _) = Merge(Story.Under(Slow).Agent("Mon 10:30"), Story.Under(Fast, "Mon 11:00"), "Mon 11:30");
        var answered = into.Clock.Apply(new MessagePosted(Days.At("Mon 12:00"), Author.Agent)).Clock;
        Assert.That(answered.Commitments.Single(commitment => commitment.Kind == NextResponse).State, Is.EqualTo(Kept));
    }

    [Test]
    public void Every_callback_survives()
    {
        var (into, _, moved) = Merge(
            Story.Under(null).Callback("Mon 10:30", "Mon 15:00"), Story.Under(null).Callback("Mon 10:30", "Mon 14:00").Callback("Mon 10:40", "Mon 16:00"), "Mon 11:00");
        Assert.Multiple(() =>
        {
            Assert.That(into.Kinds(), Is.EqualTo(new[] { "callback 1", "callback 2", "callback 3" }));
            Assert.That(into.Clock.Commitments.Select(commitment => commitment.IsOpen), Is.All.True);
            Assert.That(moved, Is.EqualTo(new[] { new MovedCommitment(Callback, 1, Callback, 2), new MovedCommitment(Callback, 2, Callback, 3) }));
        });
    }

    [Test]
    public void What_is_paused_has_no_open_promise_and_gives_way_to_what_runs()
    {
        var (into, _, _) = Merge(
            Story.Under(Policy(resolution: In("PT8H") with { PausesIn = [TicketStatus.OnHold] })).Status("Mon 10:30", TicketStatus.OnHold),
            Story.Under(Policy(resolution: In("PT40H"), version: 7)), "Mon 11:00");
        Assert.Multiple(() =>
        {
            Assert.That(into.The(Resolution, 1).State, Is.EqualTo(Cancelled));
            Assert.That(into.The(Resolution, 2).Rules!.PolicyVersion, Is.EqualTo(7));
        });
    }

    [Test]
    public void What_lapsed_past_its_cap_has_no_open_promise_and_gives_way_but_ends_broken()
    {
        var lapsed = Story.Under(Policy(In("PT1H").Capped(0))).Sweep("Mon 11:30");
        var (into, from, _) = Merge(Story.Under(Slow), lapsed, "Mon 12:00");
        Assert.Multiple(() =>
        {
            Assert.That(into.The(FirstResponse).Instants(), Is.EqualTo("Mon 10:00, Tue 10:00, Tue 10:00"));
            Assert.That(into.The(FirstResponse).IsOpen);
            Assert.That(from.The(FirstResponse).State, Is.EqualTo(Broken));
        });
    }

    [TestCase(TicketStatus.OnHold, Paused)]
    [TestCase(TicketStatus.Open, Running)]
    public void What_comes_over_stands_still_or_runs_by_the_status_here(TicketStatus status, CommitmentState state) =>
        Assert.That(
            Merge(Story.Under(null).Status("Mon 10:30", status), Story.Under(Policy(resolution: Pausing("PT8H"))), "Mon 11:00").Into.The(Resolution).State,
            Is.EqualTo(state));

    [Test]
    public void What_stood_still_there_goes_on_here_where_the_status_lets_it() =>
        Assert.That(
            Merge(
                Story.Under(null).Status("Mon 10:30", TicketStatus.Open),
                Story.Under(Policy(resolution: Pausing("PT4H"))).Status("Mon 11:00", TicketStatus.OnHold), "Mon 12:00").Into.The(Resolution).Instants(),
            Is.EqualTo("Mon 10:00, Mon 15:00, Mon 15:00"));

    [Test]
    public void A_ticket_that_is_over_takes_in_no_other() =>
        Assert.That(
            () => Merge(Story.Under(Slow).Status("Mon 10:30", TicketStatus.Resolved), Story.Under(Slow), "Mon 11:00"),
            Throws.TypeOf<TicketOverException>().With.Message.EqualTo("A ticket that is over takes in no other."));

    [Test]
    public void The_oldest_message_that_waits_on_either_ticket_is_remembered()
    {
        var merged = Merge(Story.Under(null, "Mon 10:40"), Story.Under(null, "Mon 10:20"), "Mon 11:00").Into;
        Assert.That(Days.Text(merged.Clock.OldestUnanswered), Is.EqualTo("Mon 10:20"));
    }

    [TestCase("Mon 10:20", "Mon 10:40", "Mon 10:20")]
    [TestCase("Mon 10:20", null, "Mon 10:20")]
    [TestCase(null, "Mon 10:40", "Mon 10:40")]
    [TestCase(null, null, "-")]
    public void Whoever_waits_longer_waits_on(string? here, string? there, string oldest)
    {
        static Story Waiting(string? since) => Story.Under(null, since ?? "Mon 10:00", message: since is not null);
        Assert.That(Days.Text(Merge(Waiting(here), Waiting(there), "Mon 11:00").Into.Clock.OldestUnanswered), Is.EqualTo(oldest));
    }

    [Test]
    public void What_had_ended_stays_where_it_was()
    {
        var (_, from, moved) = Merge(Story.Under(null), Story.Under(Slow).Agent("Mon 10:10").Customer("Mon 10:20"), "Mon 11:00");
        Assert.Multiple(() =>
        {
            Assert.That(from.Kinds(), Is.EqualTo(new[] { "first_response 1" }));
            Assert.That(moved.Select(each => each.Kind), Is.EquivalentTo(new[] { NextResponse, Update, Resolution }));
        });
    }
}
