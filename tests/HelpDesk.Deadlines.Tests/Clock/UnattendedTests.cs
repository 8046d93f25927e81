using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

public class UnattendedTests
{
    [Test]
    public void What_lapsed_is_broken_without_a_new_promise_and_nothing_is_due_any_more()
    {
        var first = Story.Under(Policy(In("PT4H"))).Unattended("Mon 15:00").Until("Fri 17:00").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.Promises, Has.Length.EqualTo(1));
            Assert.That(first.Promises[0].Outcome, Is.EqualTo(PromiseOutcome.Broken));
            Assert.That(first.WakeAt, Is.Null);
        });
    }

    [Test]
    public void What_lies_ahead_is_followed_up_as_ever()
    {
        var first = Story.Under(Policy(In("PT4H"))).Unattended("Mon 13:30").Until("Mon 13:30").The(FirstResponse);
        Assert.Multiple(() =>
        {
            Assert.That(first.OpenPromise?.PromisedAt, Is.EqualTo(Days.At("Mon 14:00")));
            Assert.That(first.WakeAt, Is.EqualTo(first.FollowUpAt));
        });
    }

    [Test]
    public void A_lapse_that_a_pause_found_is_owed_no_recovery_later() =>
        Assert.That(
            Story.Under(Policy(resolution: Pausing("PT4H"))).Status("Mon 15:00", TicketStatus.OnHold).Unattended("Mon 15:30").Status("Mon 16:00", TicketStatus.Open).Until("Fri 17:00")
                .The(Resolution).WakeAt,
            Is.Null);
}
