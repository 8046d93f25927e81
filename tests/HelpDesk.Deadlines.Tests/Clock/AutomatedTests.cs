using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>A message flagged automated (vacation notices, bounces, our own) starts, fulfils and reopens nothing.</summary>
public class AutomatedTests
{
    private static readonly Rules Desk = Policy(In("PT2H"), In("PT2H"), Pausing("PT4H"), Pausing("PT16H"));

    [Test]
    public void It_starts_nothing()
    {
        var played = Story.Under(Desk, message: false)
            .Message("Mon 11:00", Author.Customer, automated: true).Message("Mon 12:00", Author.Agent, automated: true).Until("Mon 12:00");
        Assert.Multiple(() =>
        {
            Assert.That(played.Kinds(), Is.EqualTo(new[] { "resolution 1" }));
            Assert.That(played.Clock.OldestUnanswered, Is.Null);
        });
    }

    [TestCase(Author.Customer)]
    [TestCase(Author.Agent)]
    public void As_an_opening_message_it_leaves_only_what_the_ticket_itself_is_owed(Author by)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Story.Under(Desk, by: by, automated: true).Until("Mon 10:00").Kinds(), Is.EqualTo(new[] { "resolution 1" }));
            Assert.That(Story.Under(Policy(next: In("PT2H")), by: by, automated: true).Until("Mon 10:00").Kinds(), Is.Empty);
        });
    }

    [Test]
    public void It_fulfils_nothing()
    {
        var played = Story.Under(Desk).Agent("Mon 10:30").Customer("Mon 11:00").Message("Mon 11:30", Author.Agent, automated: true)
            .Until("Mon 11:30");
        Assert.Multiple(() =>
        {
            Assert.That(played.The(NextResponse).IsOpen);
            Assert.That(played.The(Update).IsOpen);
            Assert.That(played.Kinds(), Does.Not.Contain("update 2"));
        });
    }

    [Test]
    public void It_reopens_nothing() =>
        Assert.That(
            Story.Under(Desk).Status("Mon 12:00", TicketStatus.Resolved).Message("Mon 13:00", Author.Customer, automated: true)
                .Until("Mon 13:00").Clock.Status,
            Is.EqualTo(TicketStatus.Resolved));

    [Test]
    public void It_does_not_open_a_ticket_that_waits_for_the_customer() =>
        Assert.That(
            Story.Under(Desk).Status("Mon 12:00", TicketStatus.WaitingOnCustomer).Message("Mon 13:00", Author.Customer, automated: true)
                .Until("Mon 13:00").The(Resolution).State,
            Is.EqualTo(CommitmentState.Paused));
}
