using System.Text.Json;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using HelpDesk.TicketPages;
using HelpDesk.Web.Json;
using HelpDesk.Web.Pages;

namespace HelpDesk.Tests.TicketPages;

/// <summary>The words of a distance go on in the browser as the desk would write them.</summary>
internal sealed class CountdownTests
{
    private static readonly string Script = Repository.File("src", "HelpDesk", "Web", "Pages", "Assets", "countdown.js");
    private static readonly string Play = Repository.File("tests", "HelpDesk.Tests", "TicketPages", "countdown-play.js");

    private readonly ManualClock clock = new();
    private TestDesk desk = null!;

    [OneTimeSetUp]
    public void Start() => desk = TestDesk.Start([("Desk:PublicUrl", "https://desk.example.org")], clock);

    [OneTimeTearDown]
    public void Stop() => desk.Dispose();

    [TestCase("en", 0, "in less than a minute")]
    [TestCase("en", 60, "in 1 minute")]
    [TestCase("en", 7_800, "in 2 hours 10 minutes")]
    [TestCase("en", -90_000, "1 day 1 hour ago")]
    [TestCase("fi", 3_660, "1 tunnin 1 minuutin kuluttua")]
    [TestCase("fi", -7_320, "2 tuntia 2 minuuttia sitten")]
    [TestCase("fi", -1, "alle minuutti sitten")]
    [TestCase("tr", 172_800, "2 gün sonra")]
    [TestCase("tr", -59, "bir dakikadan az önce")]
    public void Distances_are_told_in_their_two_largest_units(string language, int seconds, string words) =>
        Assert.That(TicketPageWords.Of(PageLanguage.Find(language)!).Away(Duration.FromSeconds(seconds)), Is.EqualTo(words));

    [TestCase("en", 86_400, "24 hours")]
    [TestCase("en", 176_460, "49 hours 1 minute")]
    [TestCase("fi", 86_400, "24 tuntia")]
    [TestCase("tr", 91_800, "25 saat 30 dakika")]
    [TestCase("tr", 59, "bir dakikadan az")]
    public void Working_time_is_told_in_hours_and_never_in_days(string language, int seconds, string words) =>
        Assert.That(TicketPageWords.Of(PageLanguage.Find(language)!).Amount(Duration.FromSeconds(seconds)), Is.EqualTo(words));

    [TestCase("en", "X: since Monday we have counted 24 hours of working time. Not counted: 48 hours outside our working hours, 24 hours of holidays, 3 hours of waiting.")]
    [TestCase("fi", "X: laskenta alkoi Monday, ja työaikaa on laskettu 24 hours. Laskematta jäi: 48 hours työajan ulkopuolella, 24 hours pyhäpäiviä, 3 hours odotusta.")]
    [TestCase("tr", "X: başlangıç Monday; o zamandan beri sayılan çalışma süresi 24 hours. Sayılmayan: çalışma saatleri dışında 48 hours, tatillerde 24 hours, beklerken 3 hours.")]
    public void Where_the_time_went_is_one_sentence(string language, string sentence) =>
        Assert.That(TicketPageWords.Of(PageLanguage.Find(language)!).Counted("X", "Monday", "24 hours", false, "48 hours", "24 hours", "3 hours"), Is.EqualTo(sentence));

    [Test]
    public async Task The_script_tells_every_distance_in_the_desk_s_words([Values("en", "fi", "tr")] string language)
    {
        var words = TicketPageWords.Of(PageLanguage.Find(language)!);
        long[] distances = [0, 1, 59_999, 60_000, 60_001, 119_999, 3_599_999, 3_600_000, 3_660_000, 7_800_000, 86_399_999, 86_400_000, 86_460_000, 90_000_000, 172_800_000, 900_000_000_000];
        long[] both = [.. distances, .. distances.Where(distance => distance > 0).Select(distance => -distance)];
        // The reader's clock is wrong by three hours.
        var said = await Played(words, both, steps: [0], off: 10_800_000);
        Assert.That(said[0]!["texts"]!.AsArray().Select(text => (string)text!), Is.EqualTo(both.Select(distance => words.Away(Duration.FromMilliseconds(distance)))));
    }

    [Test]
    public async Task The_words_go_on_at_the_turn_of_a_minute_and_say_when_the_date_has_passed()
    {
        var words = TicketPageWords.Of(PageLanguage.English);
        var said = await Played(words, [150_000], steps: [0, 1, 1, 1, 1]);
        Assert.That(said.Select(step => (string)step!["texts"]![0]!), Is.EqualTo(new[] { "in 2 minutes", "in 1 minute", "in less than a minute", "less than a minute ago", "1 minute ago" }));
        Assert.That(said.Select(step => (long)step!["now"]!), Is.EqualTo(new[] { 0, 30_001, 90_001, 150_001, 210_000 }));
        Assert.That(said.Select(step => (string?)step!["note"]), Is.EqualTo(new[] { null, null, null, words.Overdue, words.Overdue }));
        Assert.That((string?)said[4]!["tone"], Is.EqualTo("state bad"));
    }

    [Test]
    public async Task While_nobody_looks_nothing_happens_and_then_it_is_right_at_once()
    {
        var said = await Played(TicketPageWords.Of(PageLanguage.English), [7_200_000], steps: [0, -3_600_000], hidden: true);
        Assert.That(said.Select(step => (string)step!["texts"]![0]!), Is.EqualTo(new[] { "in 2 hours", "in 1 hour" }));
        Assert.That(said.Select(step => (int)step!["timers"]!), Is.EqualTo(new[] { 1, 1 }));
    }

    [Test]
    public async Task The_page_gives_the_script_its_clock_and_its_words_and_is_whole_without()
    {
        var calendar = (string)(await desk.Admin.Post("/v1/calendars", """{ "name": "Office", "timeZone": "UTC", "week": { "mon": [["00:00","24:00"]] } }""").Json(System.Net.HttpStatusCode.Created))["id"]!;
        await desk.Admin.Post("/v1/policies", $$"""{ "name": "p", "calendarId": "{{calendar}}", "terms": { "first_response": { "target": "PT4H", "hours": "around_the_clock" } } }""").Json(System.Net.HttpStatusCode.Created);
        var ticket = await desk.Admin.Post("/v1/tickets", """{ "subject": "x", "body": "y", "requester": { "email": "ada@example.org" } }""").Json(System.Net.HttpStatusCode.Created);
        var page = await (await desk.Unfollowing.GetAsync(new Uri((string)ticket["publicUrl"]!).AbsolutePath + "?lang=fi")).Page();
        var list = page.QuerySelector("ol.promises")!;
        Assert.That(page.QuerySelector("head script")!.GetAttribute("src"), Does.EndWith("/countdown.js"));
        Assert.That(page.QuerySelectorAll("[aria-live], script:not([src])"), Is.Empty);
        Assert.That(DateTimeOffset.Parse(list.GetAttribute("data-now")!, System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(clock.GetUtcNow()).Within(TimeSpan.FromMilliseconds(1)));
        Assert.That(list.GetAttribute("data-words"), Is.EqualTo(Countdown.Of(Instant.MinValue, TicketPageWords.Of(PageLanguage.Finnish)).Words).And.Contains("kuluttua"));
        var away = list.QuerySelector("[data-away]")!;
        Assert.That((away.TextContent, away.GetAttribute("data-away")), Is.EqualTo(("4 tunnin kuluttua", list.QuerySelector("time")!.GetAttribute("datetime"))));
    }

    /// <summary>Plays the script in Node.js, in a page that has these dates and a clock that is put forward by hand.</summary>
    /// <param name="steps">0: as it comes; 1: until its timer rings; negative: by so much without a timer.</param>
    private static async Task<JsonArray> Played(TicketPageWords words, long[] distances, long[] steps, long off = 0, bool hidden = false)
    {
        var scene = JsonSerializer.Serialize(new { Words = Countdown.Of(Instant.FromUnixTimeSeconds(0), words).Words, Distances = distances, Steps = steps, Off = off, Hidden = hidden }, JsonConventions.Options);
        var (code, said) = await Repository.Run(Path.GetDirectoryName(Play)!, "node", Play, Script, scene);
        Assert.That(code, Is.Zero, said);
        return JsonNode.Parse(said)!.AsArray();
    }
}
