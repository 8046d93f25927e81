namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>Helsinki is two hours ahead of UTC that week: quiet hours 22:00-07:00 there are 20:00-05:00 here.</summary>
public class QuietHoursTests
{
    private static readonly DateTimeZone Helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
    private static readonly QuietHours Night = new(Helsinki, new LocalTime(22, 0), new LocalTime(7, 0));

    private static Commitment CallbackBy(string at, string promisedAt, QuietHours? quiet)
    {
        var clock = TicketClock.Open(new TicketOpened(Days.At("Mon 08:00"), Author.Customer, TicketStatus.New, Priority.Normal), null, quiet).Clock;
        return clock.Apply(new CallbackPromised(Days.At(at), Days.At(promisedAt), "I will call.")).Clock.Commitments[0];
    }

    [TestCase("Tue 04:00", "Mon 19:59", Description = "the night lasts beyond the promise: a minute before it begins")]
    [TestCase("Tue 05:00", "Mon 19:59", Description = "the night lasts until the very promise")]
    [TestCase("Tue 05:30", "Tue 04:30", Description = "there is time to write after the night")]
    [TestCase("Mon 20:30", "Mon 19:30", Description = "an hour before the promise is not yet night")]
    [TestCase("Mon 21:00", "Mon 19:59", Description = "the night begins at the very follow-up")]
    public void Quiet_hours_that_would_cover_the_promise_move_its_follow_up_before_them(string promisedAt, string followUp) =>
        Assert.That(Days.Text(CallbackBy("Mon 12:00", promisedAt, Night).FollowUpAt), Is.EqualTo(followUp));

    [Test]
    public void Without_quiet_hours_it_stays_where_it_is() =>
        Assert.That(Days.Text(CallbackBy("Mon 12:00", "Tue 04:00", null).FollowUpAt), Is.EqualTo("Tue 03:00"));

    [Test]
    public void Quiet_hours_of_no_length_are_none() =>
        Assert.That(
            Days.Text(CallbackBy("Mon 12:00", "Tue 04:00", Night with { To = Night.From }).FollowUpAt), Is.EqualTo("Tue 03:00"));

    [Test]
    public void Quiet_hours_may_lie_within_a_day()
    {
        var nap = new QuietHours(Helsinki, new LocalTime(13, 0), new LocalTime(16, 0));
        Assert.That(Days.Text(CallbackBy("Mon 08:00", "Mon 13:00", nap).FollowUpAt), Is.EqualTo("Mon 10:59"));
    }

    [Test]
    public void A_promise_made_in_the_quiet_hours_that_cover_it_is_followed_up_at_its_own_time()
    {
        // There is no before; leaving at once would spend a renewal on a promise just made, and the next, until none is left.
        var made = CallbackBy("Mon 22:00", "Tue 02:00", Night);
        Assert.That(Days.Text(made.FollowUpAt), Is.EqualTo("Tue 01:00"));
    }

    [Test]
    public void A_renewal_made_just_before_the_night_is_not_renewed_again_at_once()
    {
        var rules = Published.Policy(Published.In("PT12H") with { Hours = TermHours.AroundTheClock, RenewBy = Duration.FromHours(1), MaxRenewals = 5 });
        var clock = TicketClock.Open(new TicketOpened(Days.At("Mon 14:00"), Author.Customer, TicketStatus.New, Priority.Normal), rules, Night).Clock;
        Assert.That(Days.Text(clock.WakeAt), Is.EqualTo("Mon 19:59"));
        clock = clock.Apply(new Swept(clock.WakeAt!.Value, Duration.Zero)).Clock;
        Assert.That(clock.WakeAt, Is.GreaterThan(Days.At("Mon 19:59")));
    }

    [Test]
    public void A_policy_may_say_that_they_are_not_looked_at()
    {
        var rules = Published.Policy(Published.In("PT20H") with { Hours = TermHours.AroundTheClock });
        Instant? FollowUp(Rules given) =>
            TicketClock.Open(new TicketOpened(Days.At("Mon 08:00"), Author.Customer, TicketStatus.New, Priority.Normal), given, Night).Clock.Commitments[0].FollowUpAt;
        Assert.That(Days.Text(FollowUp(rules)), Is.EqualTo("Mon 19:59"));
        Assert.That(Days.Text(FollowUp(rules with { Policy = rules.Policy with { IgnoresQuietHours = true } })), Is.EqualTo("Tue 03:00"));
    }

    [TestCase("Mon 20:00", "Tue 05:00")]
    [TestCase("Tue 04:59:59.999999", "Tue 05:00")]
    [TestCase("Tue 05:00", "Tue 05:00")]
    [TestCase("Mon 19:59:59.999999", "Mon 19:59:59.999999")]
    public void What_falls_into_quiet_hours_waits_for_their_end(string instant, string end) =>
        Assert.That(Days.Text(Night.EndOf(Days.At(instant))), Is.EqualTo(end));

    [Test]
    public void A_night_of_a_clock_change_ends_by_the_local_clock()
    {
        // On 29 March 2026 Helsinki goes from UTC+2 to UTC+3 at 03:00: 07:00 there is 04:00 UTC.
        var night = Instant.FromUtc(2026, 3, 28, 23, 0);
        Assert.That(Night.EndOf(night), Is.EqualTo(Instant.FromUtc(2026, 3, 29, 4, 0)));
    }

    [Test]
    public void A_callback_s_alert_lies_between_its_making_and_a_follow_up_that_the_night_moved_far_ahead()
    {
        // Half of the lead before 19:59 would lie before the promise was made at 18:00.
        var clock = TicketClock.Open(new TicketOpened(Days.At("Mon 08:00"), Author.Customer, TicketStatus.New, Priority.Normal), null, Night).Clock;
        var callback = clock.Apply(new CallbackPromised(Days.At("Mon 18:00"), Days.At("Tue 04:00"), "I will call.")).Clock.Commitments[0];
        Assert.That((Days.Text(callback.FollowUpAt), Days.Text(callback.NextStepAt)), Is.EqualTo(("Mon 19:59", "Mon 18:59:30")));
    }

    [Test]
    public void A_follow_up_at_their_very_end_stays_there()
    {
        var rules = Published.Policy(Published.In("PT21H").Led("PT0S") with { Hours = TermHours.AroundTheClock });
        var clock = TicketClock.Open(new TicketOpened(Days.At("Mon 08:00"), Author.Customer, TicketStatus.New, Priority.Normal), rules, Night).Clock;
        Assert.That(Days.Text(clock.Commitments[0].FollowUpAt), Is.EqualTo("Tue 05:00"));
    }

    [TestCase("Mon 10:59", "Mon 10:59")]
    [TestCase("Mon 11:00", "Mon 14:00")]
    [TestCase("Mon 15:00", "Mon 15:00", Description = "they end on the day they began")]
    public void Quiet_hours_within_a_day_end_that_day(string instant, string end) =>
        Assert.That(Days.Text(new QuietHours(Helsinki, new LocalTime(13, 0), new LocalTime(16, 0)).EndOf(Days.At(instant))), Is.EqualTo(end));
}
