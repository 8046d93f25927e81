using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.CommitmentState;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

public class ReopeningTests
{
    private static readonly Rules Desk = Policy(next: In("PT2H"), resolution: Pausing("PT8H"));

    private static Story Resolved(Rules? rules) => Story.Under(rules, message: false).Status("Mon 12:00", TicketStatus.Resolved);

    [Test]
    public void A_customers_message_reopens_a_resolved_ticket_and_a_new_cycle_starts()
    {
        var played = Resolved(Desk).Customer("Tue 10:00").Until("Tue 10:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.Clock.Status, Is.EqualTo(TicketStatus.Open));
            Assert.That(played.The(Resolution, 1).State, Is.EqualTo(Kept));
            Assert.That(Days.Text(played.The(Resolution, 1).ReopenedAt), Is.EqualTo("Tue 10:00"));
            Assert.That(played.The(Resolution, 2).Instants(), Is.EqualTo("Tue 10:00, Wed 10:00, Wed 10:00"));
            Assert.That(played.The(NextResponse).Instants(), Is.EqualTo("Tue 10:00, Tue 12:00, Tue 12:00"));
        });
    }

    [Test]
    public void The_new_cycle_has_the_reopening_target_where_the_policy_names_one() =>
        Assert.That(
            Resolved(Policy(resolution: In("PT8H").Cushioned("PT1H"), reopenTarget: "PT4H")).Customer("Tue 10:00")
                .Until("Tue 10:00").The(Resolution, 2).Instants(),
            Is.EqualTo("Tue 10:00, Tue 14:00, Tue 15:00"));

    [Test]
    public void A_broken_verdict_stays_broken()
    {
        var first = Story.Under(Desk).Status("Wed 12:00", TicketStatus.Resolved).Customer("Wed 13:00")
            .Until("Wed 13:00").The(Resolution, 1);
        Assert.Multiple(() =>
        {
            Assert.That(first.State, Is.EqualTo(Broken));
            Assert.That(Days.Text(first.EndedAt), Is.EqualTo("Wed 12:00"));
            Assert.That(Days.Text(first.ReopenedAt), Is.EqualTo("Wed 13:00"));
        });
    }

    [TestCase("Mon+2 12:00", TicketStatus.Open)]
    [TestCase("Mon+2 12:00:00.000001", TicketStatus.Resolved)]
    public void The_window_is_fourteen_days_unless_the_policy_says_otherwise(string at, TicketStatus then)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Resolved(Desk).Customer(at).Until(at).Clock.Status, Is.EqualTo(then));
            Assert.That(Resolved(null).Customer(at).Until(at).Clock.Status, Is.EqualTo(then));
            Assert.That(Resolved(null).Until(at).Clock.TakesCustomerMessage(Days.At(at)), Is.EqualTo(then == TicketStatus.Open));
        });
    }

    [TestCase("Tue 12:00", TicketStatus.Open)]
    [TestCase("Tue 12:00:00.000001", TicketStatus.Resolved)]
    public void The_policys_own_window_counts_from_the_resolution(string at, TicketStatus then) =>
        Assert.That(Resolved(Policy(resolution: In("PT8H"), window: "P1D")).Customer(at).Until(at).Clock.Status, Is.EqualTo(then));

    [Test]
    public void After_the_window_a_message_changes_nothing_here_for_it_opens_a_new_ticket()
    {
        var played = Resolved(Desk).Customer("Tue+2 12:00").Until("Tue+2 12:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.Kinds(), Is.EqualTo(new[] { "resolution 1" }));
            Assert.That(played.The(Resolution).ReopenedAt, Is.Null);
            Assert.That(played.Clock.OldestUnanswered, Is.Null);
        });
    }

    [Test]
    public void The_window_counts_anew_from_each_resolution() =>
        Assert.That(
            Resolved(Desk).Customer("Mon+1 12:00").Status("Mon+2 12:00", TicketStatus.Resolved).Customer("Mon+4 12:00")
                .Until("Mon+4 12:00").Kinds(),
            Does.Contain("resolution 3"));

    [Test]
    public void A_closed_ticket_is_never_reopened()
    {
        var closed = Resolved(Desk).Status("Mon 13:00", TicketStatus.Closed);
        Assert.Multiple(() =>
        {
            Assert.That(closed.Until("Mon 14:00").Clock.TakesCustomerMessage(Days.At("Mon 14:00")), Is.False);
            Assert.That(closed.Until("Mon 14:00").The(Resolution).ReopenedAt, Is.Null);
            Assert.That(closed.Customer("Mon 14:00").Until("Mon 14:00").Clock.Status, Is.EqualTo(TicketStatus.Closed));
            Assert.That(() => closed.Status("Mon 15:00", TicketStatus.Open).Until("Mon 15:00"),
                Throws.TypeOf<TicketOverException>().With.Message.Contains("A closed ticket stays closed"));
        });
    }

    [Test]
    public void Any_other_change_from_resolved_to_an_open_status_reopens_likewise()
    {
        var open = Resolved(Desk).Status("Tue 10:00", TicketStatus.Open).Until("Tue 10:00");
        var held = Resolved(Desk).Status("Tue 10:00", TicketStatus.OnHold).Until("Tue 10:00");
        Assert.Multiple(() =>
        {
            Assert.That(Days.Text(open.The(Resolution).ReopenedAt), Is.EqualTo("Tue 10:00"));
            Assert.That(open.The(Resolution, 2).Instants(), Is.EqualTo("Tue 10:00, Wed 10:00, Wed 10:00"));
            Assert.That(open.Kinds(), Does.Not.Contain("next_response 1"));
            Assert.That(Days.Text(held.The(Resolution).ReopenedAt), Is.EqualTo("Tue 10:00"));
            Assert.That(held.The(Resolution, 2).Instants(), Is.EqualTo("Tue 10:00, -, -"));
        });
    }

    [Test]
    public void By_status_a_resolved_ticket_can_be_reopened_after_the_window_too() =>
        Assert.That(Resolved(Desk).Status("Tue+3 10:00", TicketStatus.Open).Until("Tue+3 10:00").Kinds(), Does.Contain("resolution 2"));

    [Test]
    public void An_agents_message_on_a_resolved_ticket_reopens_nothing_and_starts_no_update() =>
        Assert.That(
            Story.Under(Policy(update: In("PT4H"))).Status("Mon 12:00", TicketStatus.Resolved).Agent("Mon 13:00")
                .Until("Mon 13:00").Kinds(), Is.Empty);

    [Test]
    public void A_reopened_resolution_is_retargeted_by_the_reopening_target()
    {
        var next = Policy(resolution: In("PT8H"), reopenTarget: "PT2H", version: 2);
        var played = Resolved(Desk).Customer("Tue 10:00").Policy("Tue 11:00", next).Until("Tue 11:00");
        Assert.That(played.The(Resolution, 2).Instants(), Is.EqualTo("Tue 10:00, Tue 12:00, Tue 12:00"));
    }

    [Test]
    public void A_resolution_that_a_policy_adds_later_starts_from_the_reopening() =>
        Assert.That(
            Resolved(null).Status("Tue 10:00", TicketStatus.Open).Policy("Tue 11:00", Policy(resolution: In("PT8H"), reopenTarget: "PT4H"))
                .Until("Tue 11:00").The(Resolution).Instants(),
            Is.EqualTo("Tue 10:00, Tue 14:00, Tue 14:00"));

    [Test]
    public void An_update_that_a_policy_adds_later_does_not_start_from_what_was_written_before_the_reopening() =>
        Assert.That(
            Story.Under(null).Agent("Mon 11:00").Status("Mon 12:00", TicketStatus.Resolved).Customer("Tue 10:00")
                .Policy("Tue 11:00", Policy(update: In("PT4H"))).Until("Tue 11:00").Kinds(),
            Is.Empty);
}
