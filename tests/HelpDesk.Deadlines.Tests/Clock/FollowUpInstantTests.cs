using static HelpDesk.Deadlines.CommitmentKind;
using static HelpDesk.Deadlines.Tests.Clock.Published;

namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>When a follow-up is due.</summary>
public class FollowUpInstantTests
{
    private static string FollowUpOf(Term term, string at = "Mon 10:00") =>
        Days.Text(Story.Under(Policy(term), at).Until(at).The(FirstResponse).FollowUpAt);

    [TestCase("PT2H", "Mon 11:30", Description = "a quarter of 2 h before 12:00")]
    [TestCase("PT4H", "Mon 13:00", Description = "both are 1 h")]
    [TestCase("PT6H", "Mon 15:00", Description = "1 h, not 1.5 h")]
    [TestCase("PT0.000002S", "Mon 10:00:00.000002", Description = "a quarter of 2 microseconds is cut to none")]
    public void The_default_lead_is_the_shorter_of_an_hour_and_a_quarter_of_the_term(string target, string followUp) =>
        Assert.That(FollowUpOf(In(target)), Is.EqualTo(followUp));

    [Test]
    public void The_quarter_is_of_the_target_and_the_lead_is_counted_from_the_promise() =>
        Assert.That(FollowUpOf(In("PT2H").Cushioned("PT2H")), Is.EqualTo("Mon 13:30"));

    [TestCase("Mon 09:30", "Mon 16:30", Description = "8 h end on Tue 09:30; half an hour of the lead is on Monday")]
    [TestCase("Fri 09:30", "Fri 16:30", Description = "likewise over a weekend")]
    [TestCase("Mon 10:00", "Tue 09:00", Description = "an opening time is in working hours")]
    [TestCase("Mon 09:00", "Mon 16:00", Description = "promised for a closing time")]
    public void It_is_counted_in_working_time_so_that_it_leaves_in_working_hours(string at, string followUp)
    {
        Assert.Multiple(() =>
        {
            Assert.That(FollowUpOf(In("PT8H"), at), Is.EqualTo(followUp));
            Assert.That(Office.IsOpen(Days.At(followUp)));
        });
    }

    [TestCase("PT1H30M", "Mon 12:30")]
    [TestCase("PT0S", "Mon 14:00")]
    public void The_term_may_name_its_lead(string lead, string followUp) => Assert.That(FollowUpOf(In("PT4H").Led(lead)),
        Is.EqualTo(followUp));

    [Test]
    public void The_lead_is_never_more_than_half_the_time_from_making_the_promise_to_its_instant() =>
        Assert.That(FollowUpOf(In("PT4H").Led("PT3H")), Is.EqualTo("Mon 12:00"));

    [Test]
    public void Half_the_time_is_counted_in_the_terms_hours() =>
        // 18 hours by the wall, 2 by the office: an hour before Tue 10:00, not nine.
        Assert.That(FollowUpOf(In("PT2H").Led("PT2H"), "Mon 16:00"), Is.EqualTo("Tue 09:00"));

    [Test]
    public void A_term_around_the_clock_is_followed_up_around_the_clock() =>
        Assert.That(FollowUpOf(In("PT12H") with { Hours = TermHours.AroundTheClock }, "Mon 16:00"), Is.EqualTo("Tue 03:00"));

    [TestCase("Fri 16:00", "Sat 16:00", "Sat 15:00")]
    [TestCase("Fri 16:00", "Fri 18:00", "Fri 17:30")]
    public void A_callback_counts_around_the_clock(string at, string promised, string followUp) =>
        Assert.That(
            Days.Text(Story.Under(Policy(In("PT4H"))).Callback(at, promised).Until(at).The(Callback).FollowUpAt), Is.EqualTo(followUp));

    [Test]
    public void Half_the_time_is_counted_anew_for_each_promise() =>
        // Moved to Mon 12:00 at Mon 11:00, an hour of notice: half of it, not the lead.
        Assert.That(
            Days.Text(Story.Under(ByPriority(FirstResponse, In("PT8H"), In("PT2H").Led("PT1H"))).Priority("Mon 11:00", Priority.Urgent)
                .Until("Mon 11:00").The(FirstResponse).FollowUpAt),
            Is.EqualTo("Mon 11:30"));
}
