namespace HelpDesk.Tests.PromisePages;

/// <summary>Opening hours on the page, in the reader's zone.</summary>
internal sealed class OpeningHoursTests : PromisePageFixture
{
    [Test]
    public async Task Hours_are_those_of_the_calendar_s_zone_until_the_reader_names_hers()
    {
        await Policy(Terms, Published);
        await PatchCalendar("""{ "timeZone": "Europe/Helsinki" }""");
        var own = await See();
        Assert.That(Text(own.QuerySelector(".zones p")!), Does.StartWith("All times are in the time zone Europe/Helsinki."));
        Assert.That(Hours(own).Take(6).Skip(4), Is.EqualTo(new[] { "2026-03-06 09:00–17:00", "2026-03-07 Closed" }));
        Assert.That(Hours(own).Count(), Is.EqualTo(7));
        var hers = await See("?zone=America/New_York");
        Assert.That(Hours(hers).First(), Is.EqualTo("2026-03-02 02:00–10:00"));
        Assert.That(Text(hers.Body!), Does.Contain("All times are in the time zone America/New_York.").And.Contain("(Europe/Helsinki)"));
        Assert.That(hers.QuerySelectorAll("nav.languages a").Select(link => link.GetAttribute("href")), Is.All.EndsWith("&zone=America%2FNew_York"));
        Assert.That(Text(hers.QuerySelector("option[selected]")!), Is.EqualTo("America/New_York"));
    }

    [Test]
    public async Task A_zone_that_there_is_not_is_said_to_be_none_and_shown_to_nobody()
    {
        await Policy(Terms, Published);
        var page = await See("?zone=%3Cb%3Ecanary");
        Assert.That(Text(page.QuerySelector("[role=alert]")!), Does.StartWith("We do not know that time zone."));
        Assert.That(page.DocumentElement.OuterHtml, Does.Not.Contain("canary"));
    }

    [Test]
    public async Task A_window_over_the_reader_s_midnight_stands_on_both_days()
    {
        await Policy(Terms, Published);
        // 09:00-17:00 in UTC are 18:00-02:00 in Tokyo.
        Assert.That(Hours(await See("?zone=Asia/Tokyo")), Is.EqualTo(new[]
        {
            "2026-03-02 18:00–24:00", "2026-03-03 00:00–02:00, 18:00–24:00", "2026-03-04 00:00–02:00, 18:00–24:00", "2026-03-05 00:00–02:00, 18:00–24:00",
            "2026-03-06 00:00–02:00, 18:00–24:00", "2026-03-07 00:00–02:00", "2026-03-08 Closed",
        }));
    }

    [Test]
    public async Task Days_on_which_clocks_change_are_as_long_as_they_are()
    {
        await PatchCalendar("""{ "timeZone": "Europe/Helsinki", "week": { "mon": [["00:00","24:00"]], "sun": [["00:00","24:00"]] } }""");
        await Policy(Terms, Published);
        await Now("2026-10-24T21:00:00Z");
        // Clocks go back in Helsinki on the 25th, in New York on the first of November.
        Assert.That(Hours(await See()).First(), Is.EqualTo("2026-10-25 All day"));
        Assert.That(Hours(await See("?zone=America/New_York")).Take(2), Is.EqualTo(new[] { "2026-10-24 17:00–24:00", "2026-10-25 All day" }));
        // Where the hour comes twice.
        await PatchCalendar("""{ "timeZone": "UTC", "week": { "sun": [["00:30","02:00"]] } }""");
        Assert.That(Hours(await See("?zone=Europe/Helsinki")).First(), Is.EqualTo("2026-10-25 03:30 (UTC+3:00)–04:00"));
    }

    [TestCase("2026-03-02T08:59:59Z", "Closed now", "We open today at 09:00")]
    [TestCase("2026-03-02T09:00:00Z", "Open now", "until 17:00 today")]
    [TestCase("2026-03-02T09:00:00Z", "Open now", "until 24:00 today", "?zone=Asia/Bangkok")]
    [TestCase("2026-03-02T17:00:00Z", "Closed now", "We open on Tuesday, 3 March at 09:00")]
    [TestCase("2026-03-06T17:00:00Z", "Closed now", "We open on Monday, 9 March at 09:00")]
    [TestCase("2026-12-31T17:00:00Z", "Closed now", "We open on Friday, 1 January 2027 at 09:00")]
    public async Task It_says_whether_somebody_is_there_and_when_that_changes(string now, string state, string next, string query = "")
    {
        await Policy(Terms, Published);
        await Now(now);
        var week = (await See(query)).QuerySelector(".week")!;
        Assert.That((Text(week.QuerySelector(".state")!), Text(week.QuerySelector(".next")!)), Is.EqualTo((state, next)));
    }

    [Test]
    public async Task Holidays_and_days_with_other_hours_are_named()
    {
        await PatchCalendar("""{ "holidays": ["03-03"], "exceptions": { "2026-03-04": [["10:00","12:00"]], "2026-03-05": [] } }""");
        await Policy(Terms, Published);
        Assert.That(Hours(await See()).Take(4), Is.EqualTo(new[]
        {
            "2026-03-02 09:00–17:00", "2026-03-03 Closed Holiday", "2026-03-04 10:00–12:00 Other hours than usual", "2026-03-05 Closed Other hours than usual",
        }));
        Assert.That((await See()).QuerySelectorAll(".days [aria-current=date]"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Policies_of_other_hours_stand_apart()
    {
        var first = await Policy(Terms, """ "published": true, "when": { "tier": ["gold"] } """);
        await Patched($"/v1/policies/{first}", $$"""{ "name": "Gold", "calendarId": "{{await MakeCalendar("""{ "mon": [["00:00","24:00"]], "tue": [["00:00","24:00"]], "wed": [["00:00","24:00"]], "thu": [["00:00","24:00"]], "fri": [["00:00","24:00"]], "sat": [["00:00","24:00"]], "sun": [["00:00","24:00"]] }""")}}" }""");
        await Policy(Terms, Published);
        var weeks = (await See()).QuerySelectorAll(".week");
        Assert.That(weeks.Select(week => $"{Text(week.QuerySelector("h3")!)} | {Text(week.QuerySelector(".state")!)}"), Is.EqualTo(new[] { "For Gold | Always open", "For p | Closed now" }));
    }
}
