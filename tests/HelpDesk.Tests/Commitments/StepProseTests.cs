using HelpDesk.Commitments.Explaining;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;

namespace HelpDesk.Tests.Commitments;

/// <summary>What happened, in the sentences of three languages.</summary>
internal sealed class StepProseTests
{
    private static readonly DateTimeZone Helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
    private static readonly Instant Ten = Instant.FromUtc(2026, 3, 2, 8, 0);
    private static readonly string[] Reasons = [.. ChangeReasons.All, "queue", "category", "tags", "nobody"];

    private static readonly (string? Do, string? To)[] Acts = [("notify", "assignee"), ("notify", "queue"), ("notify", "lead"), ("reassign", "lead"), ("raise_priority", null)];

    private static Language In(string code) => Languages.All.Single(language => language.Code == code);

    private static ClockChange Change(ChangeKind what, string? reason = null, CommitmentKind kind = CommitmentKind.FirstResponse) => new(Ten, what, kind, 1)
    {
        Promise = 1,
        DueAt = Ten + Duration.FromHours(2),
        PromisedAt = Ten + Duration.FromHours(2),
        Used = Duration.FromMinutes(95),
        Target = Duration.FromHours(2),
        Hours = TermHours.Working,
        Reason = reason,
    };

    /// <summary>In all the shapes that a change comes in.</summary>
    private static IEnumerable<ClockChange> Shapes(ChangeKind what) =>
        from kind in Enum.GetValues<CommitmentKind>()
        from reason in Reasons.Prepend(null)
        from before in new Instant?[] { null, Ten + Duration.FromHours(1) }
        from due in new Instant?[] { null, Ten + Duration.FromHours(2), Ten + Duration.FromHours(3) }
        from hours in Enum.GetValues<TermHours>()
        from act in what == ChangeKind.LadderClimbed ? Acts : [default]
        select Change(what, reason, kind) with { Before = before, DueAt = due, Hours = hours, Step = act.Do is null ? null : 2, Do = act.Do, To = act.To };

    [TestCaseSource(nameof(Codes))]
    public void Every_change_of_every_kind_for_every_reason_is_a_sentence_of_the_language(string code)
    {
        // Words of the machine, and of another language, that a sentence of this one never has.
        string[] foreign = ["_", "{", "}", "  ", "–", "PT", .. code == "en" ? [] : new[] { " the ", " by ", "promise", "clock", "because", " of ", "waiting", "assignee", "working" }];
        using (Assert.EnterMultipleScope())
        {
            foreach (var what in Enum.GetValues<ChangeKind>())
            {
                foreach (var change in Shapes(what))
                {
                    foreach (var forCustomer in new[] { false, true })
                    {
                        var text = StepProse.Say(change, new Telling(In(code), Helsinki, forCustomer)).Replace("Europe/Helsinki", "");
                        Assert.That(text, Does.Match("^[A-ZÇĞİÖŞÜÄÅ0-9].*\\.$"), $"{what} {change.Reason}");
                        if (change.DueAt is not null) Assert.That(foreign.Where(word => text.Contains(word, StringComparison.Ordinal)), Is.Empty, text);
                    }
                }
            }
        }
    }

    [TestCaseSource(nameof(Codes))]
    public void Every_reason_has_a_clause_of_its_own_and_an_unknown_one_none(string code)
    {
        var prose = Reasons.Select(reason => StepProse.Say(Change(ChangeKind.CommitmentCancelled, reason), new Telling(In(code), Helsinki))).ToList();
        var without = StepProse.Say(Change(ChangeKind.CommitmentCancelled), new Telling(In(code), Helsinki));
        Assert.That(prose, Is.Unique.And.None.EqualTo(without));
        Assert.That(StepProse.Say(Change(ChangeKind.CommitmentCancelled, "of_tomorrow"), new Telling(In(code), Helsinki)), Is.EqualTo(without));
    }

    [TestCaseSource(nameof(Codes))]
    public void Every_kind_of_change_has_a_sentence_of_its_own(string code) =>
        Assert.That(Enum.GetValues<ChangeKind>().Select(what => StepProse.Say(Change(what), new Telling(In(code), Helsinki))), Is.Unique);

    [TestCaseSource(nameof(Codes))]
    public void Every_stretch_of_time_has_a_name(string code) =>
        Assert.That(Enum.GetValues<SegmentKind>().Select(kind => StepProse.Say(kind, In(code))), Is.Unique.And.None.Empty);

    private static IEnumerable<string> Codes => Languages.All.Select(language => language.Code);

    [TestCase("en", "The clock started: 2 hours of working time, up to Monday, 2 March 2026 at 12:00 (Europe/Helsinki).")]
    [TestCase("tr", "Süre işlemeye başladı: çalışma saatlerine göre 2 saat; bitiş: 2 Mart 2026 Pazartesi, 12:00 (Europe/Helsinki).")]
    [TestCase("fi", "Aika alkoi kulua: 2 tuntia palveluaikaa, viimeistään maanantaina 2. maaliskuuta 2026 klo 12.00 (Europe/Helsinki).")]
    public void A_start_says_how_much_time_there_is_and_until_when(string code, string text) =>
        Assert.That(StepProse.Say(Change(ChangeKind.CommitmentStarted), new Telling(In(code), Helsinki)), Is.EqualTo(text));

    [TestCase("en", "The clock stopped because we wait for the customer, with 1 h 35 min used. Nothing is promised until it goes on.")]
    [TestCase("tr", "Süre durdu, çünkü müşterinin yanıtını bekliyoruz. O ana kadar kullanılan: 1 sa 35 dk. Süre yeniden işlemeye başlayana kadar geçerli bir tarih yok.")]
    [TestCase("fi", "Aika pysähtyi, koska odotamme asiakkaan vastausta. Siihen mennessä sitä oli kulunut 1 h 35 min. Mitään ei luvata, ennen kuin aika taas kuluu.")]
    public void A_pause_says_what_is_waited_for(string code, string text) =>
        Assert.That(StepProse.Say(Change(ChangeKind.CommitmentPaused, "waiting_on_customer"), new Telling(In(code), Helsinki)), Is.EqualTo(text));

    [TestCase("en", "We wrote to you before Monday, 2 March 2026 at 11:00 (Europe/Helsinki) had passed, with a new date: Monday, 2 March 2026 at 12:00 (Europe/Helsinki).")]
    [TestCase("tr", "Tarih geçmeden size yazdık. Önceki tarih: 2 Mart 2026 Pazartesi, 11:00 (Europe/Helsinki); yeni tarih: 2 Mart 2026 Pazartesi, 12:00 (Europe/Helsinki).")]
    [TestCase("fi", "Kirjoitimme sinulle, ennen kuin luvattu aika meni. Aiempi lupaus: viimeistään maanantaina 2. maaliskuuta 2026 klo 11.00 (Europe/Helsinki); uusi: viimeistään maanantaina 2. maaliskuuta 2026 klo 12.00 (Europe/Helsinki).")]
    public void To_the_customer_it_is_she_who_was_written_to(string code, string text) =>
        Assert.That(StepProse.Say(Change(ChangeKind.FollowUpSent) with { Before = Ten + Duration.FromHours(1) }, new Telling(In(code), Helsinki, ForCustomer: true)), Is.EqualTo(text));

    [Test]
    public void The_customer_is_not_told_what_is_the_desk_s_alone()
    {
        ClockChange[] journal =
        [
            Change(ChangeKind.CommitmentStarted), Change(ChangeKind.PromiseMade), Change(ChangeKind.CommitmentRetargeted, "queue"),
            Change(ChangeKind.LadderClimbed) with { Step = 1, Do = "notify", To = "lead" }, Change(ChangeKind.FollowUpUnreachable, "unreachable"),
            Change(ChangeKind.PromiseBroken), Change(ChangeKind.RecoveryStarted, "unreachable"), Change(ChangeKind.CommitmentBroken),
        ];
        Assert.That(CustomerSteps.Of(journal).Select(change => change.What), Is.EqualTo(new[]
        {
            ChangeKind.CommitmentStarted, ChangeKind.PromiseMade, ChangeKind.PromiseBroken, ChangeKind.CommitmentBroken,
        }));
        foreach (var reason in new[] { "queue", "tags", "category", "policy", "priority", "ladder" })
        {
            var text = StepProse.Say(Change(ChangeKind.PromiseMade, reason), new Telling(In("en"), Helsinki, ForCustomer: true));
            Assert.That(text, Does.EndWith("because other terms now apply to your request."));
        }
    }

    [Test]
    public void What_a_message_was_to_say_that_never_left_is_not_told_to_the_customer()
    {
        var later = Ten + Duration.FromHours(1);
        ClockChange[] journal =
        [
            Change(ChangeKind.PromiseMade), Change(ChangeKind.FollowUpSent) with { Before = later }, Change(ChangeKind.PromiseRenewed),
            Change(ChangeKind.PromiseMade) with { Promise = 2, Before = later },
            Change(ChangeKind.PromiseWithdrawn, ChangeReasons.NotSent) with { At = later, Promise = 2 }, Change(ChangeKind.PromiseRestored) with { At = later },
            Change(ChangeKind.FollowUpWithdrawn) with { At = later }, Change(ChangeKind.PromiseKept) with { At = later },
        ];
        Assert.That(CustomerSteps.Of(journal).Select(change => (change.What, change.Promise)), Is.EqualTo(new (ChangeKind, int?)[] { (ChangeKind.PromiseMade, 1), (ChangeKind.PromiseKept, 1) }));
    }

    [TestCase("en", "PT0S", "0 minutes")]
    [TestCase("en", "PT1H", "1 hour")]
    [TestCase("en", "PT0.25S", "0.25 seconds")]
    [TestCase("en", "PT1M", "1 minute")]
    [TestCase("en", "PT40H", "40 hours")]
    [TestCase("en", "PT1H30M", "1 h 30 min")]
    [TestCase("en", "PT1H0.000001S", "1 h 0.000001 s")]
    [TestCase("tr", "PT1H", "1 saat")]
    [TestCase("tr", "PT2H", "2 saat")]
    [TestCase("tr", "PT90.5S", "1 dk 30,5 sn")]
    [TestCase("fi", "PT1H", "1 tunti")]
    [TestCase("fi", "PT2H", "2 tuntia")]
    [TestCase("fi", "PT0.5S", "0,5 sekuntia")]
    public void Lengths_of_time_are_said_exactly(string code, string length, string text)
    {
        Assert.That(HelpDesk.Web.IsoDuration.TryParse(length, out var duration), Is.True);
        Assert.That(In(code).Say(Amount.Of(duration)), Is.EqualTo(text));
    }
}
