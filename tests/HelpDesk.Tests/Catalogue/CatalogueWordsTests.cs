using HelpDesk.Calendars;
using HelpDesk.Catalogue;
using HelpDesk.Catalogue.Words;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using static HelpDesk.Deadlines.CommitmentKind;

namespace HelpDesk.Tests.Catalogue;

/// <summary>Terms and hours in the sentences of three languages.</summary>
internal sealed class CatalogueWordsTests
{
    private static readonly string[][] Office = [["09:00", "17:00"]];

    private static CatalogueWords In(string code) => CatalogueWords.In(Languages.All.Single(language => language.Code == code));

    private static Duration Length(string iso) => HelpDesk.Web.IsoDuration.TryParse(iso, out var length) ? length : throw new ArgumentException(iso);

    [TestCase("en", FirstResponse, "PT2H", TermHours.Working, "Our first answer comes within 2 working hours.")]
    [TestCase("en", FirstResponse, "PT1H", TermHours.Working, "Our first answer comes within 1 working hour.")]
    [TestCase("en", FirstResponse, "PT30M", TermHours.Working, "Our first answer comes within 30 minutes of working time.")]
    [TestCase("en", FirstResponse, "PT1H30M", TermHours.AroundTheClock, "Our first answer comes within 1 h 30 min, around the clock.")]
    [TestCase("en", NextResponse, "PT4H", TermHours.Working, "We answer each further message of yours within 4 working hours.")]
    [TestCase("en", Update, "P3D", TermHours.AroundTheClock, "While your request is open, we are never silent for longer than 3 days, around the clock.")]
    [TestCase("en", Resolution, "P2D", TermHours.Working, "You have a solution within 48 working hours.")]
    [TestCase("tr", FirstResponse, "PT2H", TermHours.Working, "Size ilk yanıtımızı 2 çalışma saati içinde veririz.")]
    [TestCase("tr", FirstResponse, "PT30M", TermHours.Working, "Size ilk yanıtımızı çalışma saatlerine göre 30 dakika içinde veririz.")]
    [TestCase("tr", NextResponse, "PT4H", TermHours.AroundTheClock, "Sonraki her mesajınızı günün her saati sayılmak üzere 4 saat içinde yanıtlarız.")]
    [TestCase("tr", Update, "PT16H", TermHours.Working, "Talebiniz açık olduğu sürece sizi 16 çalışma saatinden uzun süre habersiz bırakmayız.")]
    [TestCase("tr", Update, "PT1H30M", TermHours.Working, "Talebiniz açık olduğu sürece sizi çalışma saatlerine göre 1 saat 30 dakikadan uzun süre habersiz bırakmayız.")]
    [TestCase("tr", Update, "P3D", TermHours.AroundTheClock, "Talebiniz açık olduğu sürece sizi günün her saati sayılmak üzere 3 günden uzun süre habersiz bırakmayız.")]
    [TestCase("tr", Resolution, "PT40H", TermHours.Working, "Çözümü size 40 çalışma saati içinde sunarız.")]
    [TestCase("fi", FirstResponse, "PT2H", TermHours.Working, "Saat ensimmäisen vastauksemme 2 tunnin sisällä palveluaikana.")]
    [TestCase("fi", NextResponse, "PT30M", TermHours.AroundTheClock, "Vastaamme jokaiseen uuteen viestiisi 30 minuutin sisällä vuorokauden ympäri.")]
    [TestCase("fi", Update, "P3D", TermHours.AroundTheClock, "Kun pyyntösi on avoinna, kuulet meistä vähintään 3 päivän välein vuorokauden ympäri.")]
    [TestCase("fi", Resolution, "PT1H30M", TermHours.Working, "Saat ratkaisun 1 h 30 min sisällä palveluaikana.")]
    public void A_term_is_a_sentence(string code, CommitmentKind kind, string within, TermHours hours, string sentence) =>
        Assert.That(In(code).Promise(kind, Length(within), hours), Is.EqualTo(sentence));

    [TestCase("en", "Monday to Friday 09:00–17:00; closed on Saturday and Sunday")]
    [TestCase("tr", "Pazartesi–Cuma 09:00–17:00; Cumartesi ve Pazar kapalı")]
    [TestCase("fi", "Maanantaista perjantaihin klo 9.00–17.00; suljettu lauantaisin ja sunnuntaisin")]
    public void Weekdays_with_the_same_hours_stand_together(string code, string words) =>
        Assert.That(In(code).Week(Hours(new() { ["mon"] = Office, ["tue"] = Office, ["wed"] = Office, ["thu"] = Office, ["fri"] = Office })), Is.EqualTo(words));

    [TestCase("en", "Monday, Wednesday and Saturday 08:00–12:00 and 13:00–16:00; Friday all day; closed on Tuesday, Thursday and Sunday")]
    [TestCase("tr", "Pazartesi, Çarşamba ve Cumartesi 08:00–12:00 ve 13:00–16:00; Cuma bütün gün; Salı, Perşembe ve Pazar kapalı")]
    [TestCase("fi", "Maanantaisin, keskiviikkoisin ja lauantaisin klo 8.00–12.00 ja 13.00–16.00; perjantaisin ympäri vuorokauden; suljettu tiistaisin, torstaisin ja sunnuntaisin")]
    public void Days_apart_are_listed_and_a_break_is_told(string code, string words)
    {
        // In any order, and cut in pieces that touch.
        string[][] broken = [["13:00", "16:00"], ["08:00", "10:00"], ["10:00", "12:00"]];
        Assert.That(In(code).Week(Hours(new() { ["sat"] = broken, ["mon"] = broken, ["wed"] = broken, ["fri"] = [["00:00", "24:00"]] })), Is.EqualTo(words));
    }

    [TestCase("en", "Always open", "Monday 09:00–17:00; closed Tuesday to Sunday")]
    [TestCase("tr", "Her gün 24 saat açık", "Pazartesi 09:00–17:00; Salı–Pazar kapalı")]
    [TestCase("fi", "Aina avoinna", "Maanantaisin klo 9.00–17.00; suljettu tiistaista sunnuntaihin")]
    public void Always_open_and_hardly_ever(string code, string always, string hardly)
    {
        string[] week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        Assert.That(In(code).Week(Hours(week.ToDictionary(day => day, _ => new[] { new[] { "00:00", "24:00" } }))), Is.EqualTo(always));
        Assert.That(In(code).Week(Hours(new() { ["mon"] = Office })), Is.EqualTo(hardly));
    }

    [TestCase("en", "Wednesday, 23 December 2026: open 10:00–12:00", "Thursday, 24 December 2026: closed", "Friday, 25 December 2026: closed (holiday)", "Friday, 1 January 2027: closed (holiday)")]
    [TestCase("tr", "23 Aralık 2026 Çarşamba: 10:00–12:00 açık", "24 Aralık 2026 Perşembe: kapalı", "25 Aralık 2026 Cuma: kapalı (tatil)", "1 Ocak 2027 Cuma: kapalı (tatil)")]
    [TestCase("fi", "Keskiviikkona 23. joulukuuta 2026: avoinna klo 10.00–12.00", "Torstaina 24. joulukuuta 2026: suljettu", "Perjantaina 25. joulukuuta 2026: suljettu (pyhäpäivä)", "Perjantaina 1. tammikuuta 2027: suljettu (pyhäpäivä)")]
    public void Days_ahead_that_differ_from_the_week_are_told_and_no_others(string code, params string[] words)
    {
        var week = new Dictionary<string, string[][]> { ["mon"] = Office, ["tue"] = Office, ["wed"] = Office, ["thu"] = Office, ["fri"] = Office };
        var hours = new PublishedHours(new CalendarDefinition(
            "Europe/Helsinki", week,
            // The 26th is a Saturday, on which it is closed anyway, and the 21st is over.
            Holidays: ["2026-12-25", "12-26", "01-01", "2026-12-21"],
            Exceptions: new Dictionary<string, string[][]> { ["2026-12-24"] = [], ["2026-12-23"] = [["10:00", "12:00"]], ["2026-12-22"] = Office }));
        Assert.That(hours.Ahead(new LocalDate(2026, 12, 22)).Select(In(code).Ahead), Is.EqualTo(words));
    }

    [TestCase("en", "The time stands still while we wait for your answer or the request is on hold.")]
    [TestCase("tr", "Yanıtınızı beklerken ya da talep beklemedeyken süre işlemez.")]
    [TestCase("fi", "Aika ei kulu, kun odotamme vastaustasi tai pyynnön käsittely odottaa.")]
    public void What_stops_the_clock_is_told(string code, string sentence)
    {
        Assert.That(In(code).Pauses([TicketStatus.OnHold, TicketStatus.WaitingOnCustomer]), Is.EqualTo(sentence));
        Assert.That(In(code).Pauses([]), Is.Null);
    }

    [TestCase("en", "Write to us again within 14 days of the solution, and we take the matter up again.")]
    [TestCase("tr", "Çözümden sonraki 14 gün içinde bize yeniden yazarsanız konuyu yeniden ele alırız.")]
    [TestCase("fi", "Jos kirjoitat meille uudelleen 14 päivän sisällä ratkaisusta, otamme asian taas käsittelyyn.")]
    public void How_long_a_message_takes_the_matter_up_again(string code, string sentence) => Assert.That(In(code).Reopening(Duration.FromDays(14)), Is.EqualTo(sentence));

    [Test]
    public void Every_language_has_words_for_everything()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var words in Languages.All.Select(CatalogueWords.In))
            {
                Assert.That(Enum.GetValues<Priority>().Select(words.Name), Is.Unique.And.None.Empty);
                Assert.That(Enum.GetValues<TicketStatus>().Take(4).Select(status => words.Pauses([status])), Is.Unique.And.None.Null);
                Assert.That(new[] { "priority", "queue", "channel", "category", "tag", "tier", "locale" }.Select(words.Condition), Is.Unique.And.None.Empty);
                Assert.That(new[] { true, false }.Select(words.FollowUp), Is.Unique.And.None.Empty);
                Assert.That(new[] { FirstResponse, NextResponse, Update, Resolution }.Select(words.Name), Is.Unique.And.None.Empty);
            }
        }
    }

    private static PublishedHours Hours(Dictionary<string, string[][]> week) => new(new CalendarDefinition("Europe/Helsinki", week));
}
