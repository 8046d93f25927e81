using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.CommitmentState;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>A customer's message ends the waiting; and what starts while the clock stands still.</summary>
public class WaitingTests
{
    [TestCase(TicketStatus.WaitingOnCustomer, TicketStatus.Open, "Mon 10:00, Tue 12:00, Tue 12:00")]
    [TestCase(TicketStatus.OnHold, TicketStatus.OnHold, "Mon 10:00, -, -")]
    public void A_customers_public_message_opens_a_ticket_that_waited_for_it(TicketStatus status, TicketStatus then, string instants)
    {
        var played = Story.Under(Policy(resolution: Pausing("PT8H"))).Status("Mon 12:00", status).Customer("Mon 14:00").Until("Mon 14:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.Clock.Status, Is.EqualTo(then));
            Assert.That(played.The(Resolution).Instants(), Is.EqualTo(instants));
        });
    }

    [Test]
    public void The_message_that_opens_a_waiting_ticket_starts_a_response_that_runs()
    {
        var next = Story.Under(Policy(next: Pausing("PT2H")), message: false)
            .Status("Mon 12:00", TicketStatus.WaitingOnCustomer).Customer("Mon 14:00").Until("Mon 14:00").The(NextResponse);
        Assert.Multiple(() =>
        {
            Assert.That(next.Ledger(), Is.EqualTo(new[] { "Mon 14:00 policy: Mon 16:00 open" }));
            Assert.That(next.Promises[0].Reason, Is.Null);
            Assert.That(next.Pauses, Is.Empty);
        });
    }

    [Test]
    public void What_starts_standing_still_is_promised_when_it_goes_on()
    {
        var story = Story.Under(Policy(resolution: Pausing("PT8H")), status: TicketStatus.OnHold);
        Assert.That(story.Until("Mon 12:00").The(Resolution).Ledger(), Is.Empty);
        var resolution = story.Status("Mon 12:00", TicketStatus.Open).Until("Mon 12:00").The(Resolution);
        Assert.That(resolution.Instants(), Is.EqualTo("Mon 10:00, Tue 12:00, Tue 12:00"));
    }

    [Test]
    public void A_callback_never_pauses() =>
        Assert.That(
            Story.Under(null).Callback("Mon 11:00", "Tue 11:00").Status("Mon 12:00", TicketStatus.OnHold)
                .Until("Mon 12:00").The(Callback).State,
            Is.EqualTo(Running));
}
