using HelpDesk.Delivery;

namespace HelpDesk.Tests.Delivery;

public sealed class DateWordsTests
{
    private static readonly Instant Monday = Instant.FromUtc(2026, 3, 2, 10, 0);
    private static readonly Languages Languages = new("en");

    private static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    [TestCase("en", "Europe/Helsinki", "Monday, 2 March 2026 at 12:00 (Europe/Helsinki)")]
    [TestCase("en-US", "America/New_York", "Monday, 2 March 2026 at 05:00 (America/New_York)")]
    [TestCase("tr", "Europe/Istanbul", "2 Mart 2026 Pazartesi, 13:00 (Europe/Istanbul)")]
    [TestCase("tr-CY", "Asia/Nicosia", "2 Mart 2026 Pazartesi, 12:00 (Asia/Nicosia)")]
    [TestCase("fi", "Europe/Helsinki", "maanantaina 2. maaliskuuta 2026 klo 12.00 (Europe/Helsinki)")]
    [TestCase("fi", "America/New_York", "maanantaina 2. maaliskuuta 2026 klo 5.00 (America/New_York)")]
    [TestCase("en", "Etc/UTC", "Monday, 2 March 2026 at 10:00 (UTC)")]
    public void A_date_is_written_in_the_customers_language_and_zone(string locale, string zone, string words) =>
        Assert.That(new DateWords(Languages).Format(Monday, Zone(zone), locale), Is.EqualTo(words));

    [Test]
    public void Every_day_and_month_has_its_name()
    {
        var written = Enumerable.Range(0, 12)
            .Select(month => new LocalDateTime(2026, month + 1, 2 + month % 7, 9, 5))
            .Select(at => string.Join(" | ", Languages.All.Select(language => language.DateAndTime(at))));
        Assert.That(written, Is.EqualTo(new[]
        {
            "Friday, 2 January 2026 at 09:05 | 2 Ocak 2026 Cuma, 09:05 | perjantaina 2. tammikuuta 2026 klo 9.05",
            "Tuesday, 3 February 2026 at 09:05 | 3 Şubat 2026 Salı, 09:05 | tiistaina 3. helmikuuta 2026 klo 9.05",
            "Wednesday, 4 March 2026 at 09:05 | 4 Mart 2026 Çarşamba, 09:05 | keskiviikkona 4. maaliskuuta 2026 klo 9.05",
            "Sunday, 5 April 2026 at 09:05 | 5 Nisan 2026 Pazar, 09:05 | sunnuntaina 5. huhtikuuta 2026 klo 9.05",
            "Wednesday, 6 May 2026 at 09:05 | 6 Mayıs 2026 Çarşamba, 09:05 | keskiviikkona 6. toukokuuta 2026 klo 9.05",
            "Sunday, 7 June 2026 at 09:05 | 7 Haziran 2026 Pazar, 09:05 | sunnuntaina 7. kesäkuuta 2026 klo 9.05",
            "Wednesday, 8 July 2026 at 09:05 | 8 Temmuz 2026 Çarşamba, 09:05 | keskiviikkona 8. heinäkuuta 2026 klo 9.05",
            "Sunday, 2 August 2026 at 09:05 | 2 Ağustos 2026 Pazar, 09:05 | sunnuntaina 2. elokuuta 2026 klo 9.05",
            "Thursday, 3 September 2026 at 09:05 | 3 Eylül 2026 Perşembe, 09:05 | torstaina 3. syyskuuta 2026 klo 9.05",
            "Sunday, 4 October 2026 at 09:05 | 4 Ekim 2026 Pazar, 09:05 | sunnuntaina 4. lokakuuta 2026 klo 9.05",
            "Thursday, 5 November 2026 at 09:05 | 5 Kasım 2026 Perşembe, 09:05 | torstaina 5. marraskuuta 2026 klo 9.05",
            "Sunday, 6 December 2026 at 09:05 | 6 Aralık 2026 Pazar, 09:05 | sunnuntaina 6. joulukuuta 2026 klo 9.05",
        }));
    }

    [Test]
    public void An_hour_that_comes_twice_is_told_apart_by_its_offset()
    {
        var dates = new DateWords(Languages);
        var first = Instant.FromUtc(2026, 10, 25, 0, 30);
        Assert.That(dates.Format(first, Zone("Europe/Helsinki"), "en"), Is.EqualTo("Sunday, 25 October 2026 at 03:30 (Europe/Helsinki, UTC+3:00)"));
        Assert.That(dates.Format(first + Duration.FromHours(1), Zone("Europe/Helsinki"), "en"), Is.EqualTo("Sunday, 25 October 2026 at 03:30 (Europe/Helsinki, UTC+2:00)"));
    }

    [TestCase("first_response", "en", "We will answer you by Monday, 2 March 2026 at 12:00 (Europe/Helsinki).")]
    [TestCase("next_response", "en", "We will answer your message by Monday, 2 March 2026 at 12:00 (Europe/Helsinki).")]
    [TestCase("update", "tr", "Son durumu size en geç şu tarihte bildireceğiz: 2 Mart 2026 Pazartesi, 12:00 (Europe/Helsinki).")]
    [TestCase("resolution", "fi", "Saat meiltä ratkaisun viimeistään maanantaina 2. maaliskuuta 2026 klo 12.00 (Europe/Helsinki).")]
    [TestCase("callback", "fi", "Otamme sinuun yhteyttä viimeistään maanantaina 2. maaliskuuta 2026 klo 12.00 (Europe/Helsinki).")]
    public void A_promise_is_one_sentence(string kind, string locale, string words) =>
        Assert.That(new PromiseWords(Languages).For(kind, Monday, Zone("Europe/Helsinki"), locale), Is.EqualTo(words));

    [TestCase("en", "I will call you with the result: by Monday, 2 March 2026 at 12:00 (Europe/Helsinki).")]
    [TestCase("tr", "I will call you with the result: en geç 2 Mart 2026 Pazartesi, 12:00 (Europe/Helsinki).")]
    public void An_agents_own_words_stand_with_their_date(string locale, string words)
    {
        var promises = new PromiseWords(Languages);
        Assert.That(promises.For("callback", Monday, Zone("Europe/Helsinki"), locale, "I will call you with the result."), Is.EqualTo(words));
        Assert.That(promises.What("callback", locale, "I will call you with the result."), Is.EqualTo("I will call you with the result"));
    }

    [Test]
    public void Every_kind_of_commitment_has_words_in_every_language()
    {
        foreach (var kind in Enum.GetValues<HelpDesk.Deadlines.CommitmentKind>())
        {
            var word = HelpDesk.Database.Conventions.Word(kind);
            Assert.That(Languages.All.Select(language => language.What(word)), Is.Unique.And.None.Empty);
            Assert.That(Languages.All.Select(language => language.Promise(word, "DATE")), Is.Unique.And.All.Contain("DATE").And.All.EndsWith("."));
        }
    }
}
